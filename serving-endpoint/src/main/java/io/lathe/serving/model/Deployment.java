package io.lathe.serving.model;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.Nearest;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import io.lathe.serving.route.RouteDocument;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The models being served. Requests read one immutable picture and never wait; one thread applies route documents. A version is
 * loaded and warmed before any request can reach it, an alias moves only to an available version, and a version that leaves is
 * closed after its last request: no request ever sees a gap.
 */
public final class Deployment implements AutoCloseable {

    private static final int LONGEST_REASON = 8_000;

    /** @param complete false when a version could not be fetched and a later try may succeed */
    public record Result(List<RouteDocument.Model> served, boolean complete) {}

    private final Loading loading;
    private volatile SortedMap<String, ModelView> models = new TreeMap<>();

    public Deployment(Loading loading) {
        this.loading = loading;
    }

    /** The models now, sorted by name. */
    public Collection<ModelView> models() {
        return models.values();
    }

    public Optional<ModelView> find(String model) {
        return Optional.ofNullable(models.get(model));
    }

    /**
     * Takes hold of a version. Throws NOT_FOUND for an unknown model or version, BAD_REQUEST for an unknown label (as TensorFlow
     * Serving does), UNAVAILABLE while the version is being loaded or after it failed to.
     */
    public Lease acquire(String model, Choice choice) {
        while (true) {
            LoadedVersion version = load(model, choice);
            if (version.hold()) {
                return new Lease(version);
            }
            // The version left between the look and the hold: the picture has changed, so look again.
            Thread.onSpinWait();
        }
    }

    /** Makes what is served equal to the document, as far as its bundles allow. Called by one thread at a time. */
    public synchronized Result apply(List<RouteDocument.Model> wanted) throws InterruptedException {
        SortedMap<String, ModelView> next = new TreeMap<>();
        for (RouteDocument.Model model : wanted) {
            next.put(model.name(), announced(model));
        }
        publish(next);
        boolean complete = true;
        for (RouteDocument.Model model : wanted) {
            for (RouteDocument.Version version : mostUrgentFirst(model)) {
                complete &= bring(model, version);
            }
        }
        List<RouteDocument.Model> served = new ArrayList<>();
        for (RouteDocument.Model model : wanted) {
            served.add(settled(model));
        }
        return new Result(served, complete);
    }

    @Override
    public synchronized void close() {
        publish(new TreeMap<>());
    }

    private LoadedVersion load(String name, Choice choice) {
        ModelView model = Optional.ofNullable(models.get(name))
                .orElseThrow(() -> new LatheException(ProblemCode.NOT_FOUND, "Model '" + name + "' is not served."));
        int number = numberOf(model, choice);
        return switch (model.versions().get(number)) {
            case VersionState.Available(LoadedVersion loaded) -> loaded;
            case VersionState.Failed _ ->
                throw new LatheException(
                        ProblemCode.UNAVAILABLE,
                        "Version " + number + " of model '" + name + "' could not be loaded; /lathe/status says why.");
            case null, default -> throw loading(name, number);
        };
    }

    /** The version a choice means in that picture of the model, whatever its state; throws as {@link #acquire} does. */
    public static int numberOf(ModelView model, Choice choice) {
        return switch (choice) {
            case Choice.Production() -> aliased(model, ModelView.PRODUCTION);
            case Choice.Label(String alias) -> aliased(model, alias);
            case Choice.Numbered(long asked) -> listed(model, asked);
        };
    }

    private static int aliased(ModelView model, String alias) {
        Integer number = model.aliases().get(alias);
        if (number != null) {
            return number;
        }
        Integer awaited = model.awaited().get(alias);
        if (awaited != null) {
            return awaited;
        }
        if (alias.equals(ModelView.PRODUCTION)) {
            throw new LatheException(
                    ProblemCode.NOT_FOUND,
                    "Model '" + model.name() + "' has no version in production. " + versionsOf(model));
        }
        throw new LatheException(
                ProblemCode.BAD_REQUEST,
                "Unrecognized servable version label for model '" + model.name() + "'."
                        + Nearest.hint(alias, model.aliases().keySet()));
    }

    private static int listed(ModelView model, long asked) {
        if (asked > Integer.MAX_VALUE || !model.versions().containsKey((int) asked)) {
            throw new LatheException(
                    ProblemCode.NOT_FOUND,
                    "Model '" + model.name() + "' has no version " + asked + ". " + versionsOf(model));
        }
        return (int) asked;
    }

    private static String versionsOf(ModelView model) {
        return "Versions: "
                + model.versions().keySet().stream().map(String::valueOf).collect(Collectors.joining(", ")) + ".";
    }

    private static LatheException loading(String name, int number) {
        return new LatheException(
                ProblemCode.UNAVAILABLE,
                "Version " + number + " of model '" + name + "' is being loaded. Try again shortly.");
    }

    /** The model as it is before anything new is loaded: what was there stays, what is new is loading. */
    private ModelView announced(RouteDocument.Model model) {
        SortedMap<Integer, VersionState> versions = new TreeMap<>();
        for (RouteDocument.Version version : model.versions()) {
            VersionState before = find(model.name())
                    .map(view -> view.versions().get(version.version()))
                    .orElse(new VersionState.Loading());
            versions.put(
                    version.version(), before.stillTrueFor(version.bundle()) ? before : new VersionState.Loading());
        }
        return view(model, versions);
    }

    /** Moves every alias that can move; the others stay where they were, and keep their old version listed. */
    private ModelView view(RouteDocument.Model model, SortedMap<Integer, VersionState> versions) {
        SortedMap<Integer, VersionState> all = new TreeMap<>(versions);
        Map<String, Integer> aliases = new HashMap<>();
        Map<String, Integer> awaited = new HashMap<>();
        model.aliases().forEach((alias, target) -> {
            Optional<Integer> before =
                    find(model.name()).map(view -> view.aliases().get(alias));
            if (versions.get(target) instanceof VersionState.Available) {
                aliases.put(alias, target);
            } else if (before.isPresent()) {
                aliases.put(alias, before.get());
                loaded(model.name(), before.get())
                        .ifPresent(old -> all.putIfAbsent(before.get(), new VersionState.Available(old)));
            } else {
                awaited.put(alias, target);
            }
        });
        return new ModelView(model.name(), aliases, awaited, all);
    }

    private Optional<LoadedVersion> loaded(String model, int number) {
        return find(model).flatMap(view -> view.findLoaded(number));
    }

    private static List<RouteDocument.Version> mostUrgentFirst(RouteDocument.Model model) {
        return model.versions().stream()
                .sorted(Comparator.comparing((RouteDocument.Version version) -> !Integer.valueOf(version.version())
                                .equals(model.aliases().get(ModelView.PRODUCTION)))
                        .thenComparing(version -> !model.aliases().containsValue(version.version()))
                        .thenComparing(Comparator.comparingInt(RouteDocument.Version::version)
                                .reversed()))
                .toList();
    }

    /** Loads one version if it is not there. False when it is worth another try. */
    private boolean bring(RouteDocument.Model model, RouteDocument.Version version) throws InterruptedException {
        Optional<LoadedVersion> present = loaded(model.name(), version.version());
        if (present.isPresent() && present.get().bundle().equals(version.bundle())) {
            return true;
        }
        if (state(model, version) instanceof VersionState.Failed) {
            return true;
        }
        try {
            ServedModel fresh = loading.load(model.name(), version);
            LoadedVersion loaded = new LoadedVersion(version.version(), version.bundle(), fresh);
            replace(model, version.version(), new VersionState.Available(loaded));
            return true;
        } catch (LatheException e) {
            boolean again = e.code() == ProblemCode.UNAVAILABLE;
            String reason = Shown.of(String.valueOf(e.getMessage()), LONGEST_REASON);
            if (present.isEmpty()) {
                replace(
                        model,
                        version.version(),
                        again ? new VersionState.Unfetched(reason) : new VersionState.Failed(version.bundle(), reason));
            }
            return !again;
        }
    }

    private @Nullable VersionState state(RouteDocument.Model model, RouteDocument.Version version) {
        return find(model.name()).orElseThrow().versions().get(version.version());
    }

    private void replace(RouteDocument.Model model, int number, VersionState state) {
        SortedMap<Integer, VersionState> versions =
                new TreeMap<>(find(model.name()).orElseThrow().versions());
        versions.put(number, state);
        SortedMap<String, ModelView> next = new TreeMap<>(models);
        next.put(model.name(), view(model, versions));
        publish(next);
    }

    /** Drops the unlisted versions no alias needs any more, and says what is served. */
    private RouteDocument.Model settled(RouteDocument.Model model) {
        ModelView view = find(model.name()).orElseThrow();
        Map<Integer, String> bundles = model.versions().stream()
                .collect(Collectors.toMap(RouteDocument.Version::version, RouteDocument.Version::bundle));
        SortedMap<Integer, VersionState> versions = new TreeMap<>(view.versions());
        versions.keySet()
                .removeIf(number ->
                        !bundles.containsKey(number) && !view.aliases().containsValue(number));
        SortedMap<String, ModelView> next = new TreeMap<>(models);
        next.put(model.name(), new ModelView(model.name(), view.aliases(), view.awaited(), versions));
        publish(next);
        versions.forEach((number, state) -> {
            if (state instanceof VersionState.Available(LoadedVersion loaded)) {
                bundles.put(number, loaded.bundle());
            }
        });
        Map<String, Integer> aliases = new HashMap<>(view.awaited());
        aliases.putAll(view.aliases());
        return new RouteDocument.Model(
                model.name(),
                aliases,
                bundles.entrySet().stream()
                        .map(entry -> new RouteDocument.Version(entry.getKey(), entry.getValue()))
                        .toList());
    }

    /** Shows the new picture, then lets go of what only the old one held. */
    private void publish(SortedMap<String, ModelView> next) {
        List<LoadedVersion> before = held(models);
        models = next;
        before.removeAll(held(next));
        before.forEach(LoadedVersion::letGo);
    }

    private static List<LoadedVersion> held(SortedMap<String, ModelView> models) {
        List<LoadedVersion> all = new ArrayList<>();
        for (ModelView model : models.values()) {
            for (VersionState state : model.versions().values()) {
                if (state instanceof VersionState.Available(LoadedVersion loaded)) {
                    all.add(loaded);
                }
            }
        }
        return all;
    }
}
