package io.lathe.serving.route;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the endpoint should serve and to whom, as the workbench numbered it.
 *
 * @param version grows with each change; 0 is never used
 */
public record RouteDocument(long version, List<Model> models, List<Caller> consumers) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,62}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** One model: its numbered versions, and the movable names that point at them. */
    public record Model(String name, Map<String, Integer> aliases, List<Version> versions) {
        public Model {
            named("a model", name);
            aliases = Map.copyOf(aliases);
            versions = versions.stream()
                    .sorted(Comparator.comparingInt(Version::version))
                    .toList();
            Set<Integer> numbers = new HashSet<>();
            for (Version version : versions) {
                if (!numbers.add(version.version())) {
                    throw new IllegalArgumentException(
                            "model " + name + " lists version " + version.version() + " twice");
                }
            }
            aliases.forEach((alias, number) -> {
                named("an alias", alias);
                if (!numbers.contains(number)) {
                    throw new IllegalArgumentException("alias " + alias + " of model " + name + " points at version "
                            + number + ", which is not listed");
                }
            });
        }
    }

    /** @param bundle the SHA-256 of the bundle's {@code bundle.json}, lower-case hex */
    public record Version(int version, String bundle) {
        public Version {
            if (version < 1) {
                throw new IllegalArgumentException("a version number is at least 1, not " + version);
            }
            hex("a bundle", bundle);
        }
    }

    /** A program that may call, known by the hash of its token. */
    public record Caller(String name, String tokenSha256, List<String> models) {
        public Caller {
            named("a consumer", name);
            hex("a token's hash", tokenSha256);
            models = List.copyOf(models);
        }
    }

    public RouteDocument {
        if (version < 1) {
            throw new IllegalArgumentException("a route document's version is at least 1, not " + version);
        }
        models = List.copyOf(models);
        consumers = List.copyOf(consumers);
        Set<String> names = new HashSet<>();
        for (Model model : models) {
            if (!names.add(model.name())) {
                throw new IllegalArgumentException("model " + model.name() + " is listed twice");
            }
        }
    }

    public RouteDocument withModels(List<Model> served) {
        return new RouteDocument(version, served, consumers);
    }

    private static void named(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(what + " has a name that is not allowed");
        }
    }

    private static void hex(String what, String value) {
        if (!SHA256.matcher(value).matches()) {
            throw new IllegalArgumentException(what + " is not 64 hex digits");
        }
    }
}
