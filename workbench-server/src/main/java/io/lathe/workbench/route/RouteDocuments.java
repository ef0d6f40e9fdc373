package io.lathe.workbench.route;

import io.lathe.workbench.registry.Alias;
import io.lathe.workbench.registry.Model;
import io.lathe.workbench.registry.ModelVersion;
import io.lathe.workbench.registry.Models;
import io.lathe.workbench.serving.Consumers;
import io.lathe.workbench.serving.RouteVersion;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Writes route documents. Thread-safe. */
public final class RouteDocuments {
    private final Jdbi jdbi;
    private final RouteVersion version;

    public RouteDocuments(Jdbi jdbi, RouteVersion version) {
        this.jdbi = jdbi;
        this.version = version;
    }

    /** The newest document, all of it from one state of the database. */
    public RouteDocument newest() {
        return jdbi.inTransaction(
                handle -> new RouteDocument(RouteVersion.read(handle), models(handle), consumers(handle)));
    }

    /** The newest document as soon as its number is not {@code known}; empty when that takes longer than {@code patience}. */
    public Optional<RouteDocument> await(int known, Duration patience) throws InterruptedException {
        return version.await(known, patience) == known ? Optional.empty() : Optional.of(newest());
    }

    private static List<RouteDocument.RoutedModel> models(Handle handle) {
        return Models.all(handle).stream()
                .filter(model ->
                        model.aliases().size() > 0 || model.versions().stream().anyMatch(ModelVersion::staged))
                .map(model -> new RouteDocument.RoutedModel(model.name().value(), aliases(model), versions(model)))
                .toList();
    }

    private static Map<String, Integer> aliases(Model model) {
        Map<String, Integer> aliases = new TreeMap<>();
        for (Map.Entry<Alias, Integer> alias : model.aliases().entrySet()) {
            aliases.put(alias.getKey().wireName(), alias.getValue());
        }
        return aliases;
    }

    // What an alias names is served; what is staged, and what a rollback would name, is loaded so that either is
    // instant.
    private static List<RouteDocument.RoutedVersion> versions(Model model) {
        List<Integer> numbers = Stream.concat(
                        model.aliases().values().stream(),
                        model.previous().isPresent()
                                ? IntStream.of(model.previous().getAsInt()).boxed()
                                : Stream.empty())
                .distinct()
                .toList();
        return model.versions().stream()
                .filter(candidate -> numbers.contains(candidate.number()) || candidate.staged())
                .filter(candidate -> candidate.staged() || candidate.retired().isEmpty())
                .sorted(Comparator.comparingInt(candidate -> -candidate.number()))
                .map(candidate -> new RouteDocument.RoutedVersion(candidate.number(), candidate.bundle()))
                .toList();
    }

    private static List<RouteDocument.RoutedConsumer> consumers(Handle handle) {
        return Consumers.all(handle).stream()
                .map(consumer -> new RouteDocument.RoutedConsumer(
                        consumer.name().value(), consumer.tokenSha256(), consumer.models()))
                .toList();
    }
}
