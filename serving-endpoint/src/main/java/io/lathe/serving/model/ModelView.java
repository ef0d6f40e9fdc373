package io.lathe.serving.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One model at one moment, immutable.
 *
 * @param aliases where each alias points now: always an available version
 * @param awaited aliases whose target is not available and that point nowhere yet
 * @param versions every listed version by number, and unlisted ones an alias still needs
 */
public record ModelView(
        String name,
        Map<String, Integer> aliases,
        Map<String, Integer> awaited,
        SortedMap<Integer, VersionState> versions) {

    static final String PRODUCTION = "production";

    public ModelView {
        aliases = Map.copyOf(aliases);
        awaited = Map.copyOf(awaited);
        versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
    }

    /** Whether callers who name no version get an answer; true for a model that has none in production and awaits none. */
    public boolean ready() {
        return !awaited.containsKey(PRODUCTION);
    }

    /** The numbers of the versions that answer, smallest first. */
    public List<Integer> availableVersions() {
        return versions.keySet().stream()
                .filter(number -> findLoaded(number).isPresent())
                .toList();
    }

    Optional<LoadedVersion> findLoaded(int number) {
        return versions.get(number) instanceof VersionState.Available(LoadedVersion loaded)
                ? Optional.of(loaded)
                : Optional.empty();
    }
}
