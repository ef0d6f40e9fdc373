package io.lathe.workbench.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A model with everything that is known of it.
 *
 * @param aliases where each alias points; an alias that points nowhere is absent
 * @param versions newest first
 * @param previous the version that a rollback would put in production, if there is one
 */
public record Model(ModelName name, Map<Alias, Integer> aliases, List<ModelVersion> versions, OptionalInt previous) {
    public Model {
        aliases = Map.copyOf(aliases);
        versions = List.copyOf(versions);
    }

    public Optional<ModelVersion> find(Alias alias) {
        Integer number = aliases.get(alias);
        return versions.stream()
                .filter(version -> number != null && version.number() == number)
                .findFirst();
    }
}
