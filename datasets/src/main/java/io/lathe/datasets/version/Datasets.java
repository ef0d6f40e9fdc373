package io.lathe.datasets.version;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.Nearest;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import io.lathe.datasets.read.CsvOptions;
import io.lathe.datasets.read.CsvTable;
import io.lathe.datasets.schema.Anomaly;
import io.lathe.datasets.schema.Schema;
import io.lathe.datasets.schema.SchemaCheck;
import io.lathe.datasets.schema.SchemaText;
import io.lathe.datasets.statistics.DatasetStatistics;
import io.lathe.datasets.statistics.StatisticsJson;
import io.lathe.datasets.store.Content;
import io.lathe.datasets.store.ObjectKey;
import io.lathe.datasets.store.ObjectStore;
import io.lathe.datasets.store.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Datasets and their versions on an object store. A version becomes visible in one step, when the dataset's reference names it; before that nothing is. Every byte read is verified against its hash;
 * what does not match is reported as INTERNAL, never answered. Thread-safe, also among processes.
 */
public final class Datasets {
    private final DatasetStore store;
    private final Clock clock;

    public Datasets(ObjectStore store, Clock clock) {
        this.store = new DatasetStore(store);
        this.clock = clock;
    }

    /** Makes an empty store ready. CONFLICT when it is of another format. */
    public void initialise() {
        store.initialise();
    }

    /**
     * Refuses a reference that a stranger sends for a dataset unless it could be read from then on and takes nothing away: each version there is stays what it is, and each new one is there whole.
     * BAD_REQUEST says what is wrong. It is no lock: who then puts the reference must do so by compare-and-swap on the one there was before this was asked.
     */
    public void requireSuccessor(DatasetName name, byte[] proposed) {
        var present = store.findReference(name).orElse(Reference.NONE).manifests();
        try {
            var next = DatasetStore.parseReference(name, proposed);
            if (next.manifests().size() < present.size()
                    || !next.manifests().subList(0, present.size()).equals(present)) {
                throw new Json.MalformedDocument("it takes away versions of '" + name + "' that there are.");
            }
            for (var i = present.size(); i < next.manifests().size(); i++) {
                store.loadVersion(name, i + 1, next.manifests().get(i));
            }
            next.schema().ifPresent(store::loadSchemaText);
        } catch (LatheException | Json.MalformedDocument e) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST, "This cannot be the reference of '" + name + "': " + e.getMessage(), e);
        }
    }

    /**
     * Refuses what a stranger sends to be kept under a key of the store unless it is what such a key names: bytes that hash to it, and a manifest, a schema, or a version's statistics where one belongs.
     * BAD_REQUEST says what is wrong.
     */
    public void requireObject(StoreFamily family, ObjectKey key, Content content) {
        var id = family.id(key);
        try {
            switch (family) {
                case FILE -> requireHash(id, Sha256.of(content));
                case MANIFEST -> store.requireManifest(id, whole(family, content));
                case SCHEMA -> {
                    var bytes = whole(family, content);
                    requireHash(id, Sha256.of(bytes));
                    SchemaText.parse(new String(bytes, StandardCharsets.UTF_8));
                }
                case STATISTICS -> {
                    store.requireManifest(id);
                    if (StatisticsJson.findParsed(whole(family, content)).isEmpty()) {
                        throw new Json.MalformedDocument("it is no statistics that this Lathe reads.");
                    }
                }
            }
        } catch (LatheException | Json.MalformedDocument e) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "This cannot be kept as '" + key + "': " + e.getMessage() + " Send what that key names.",
                    e);
        }
    }

    private static void requireHash(String id, String sha256) {
        if (!id.equals(sha256)) {
            throw new Json.MalformedDocument("its bytes hash to " + sha256 + ". Send them under that name.");
        }
    }

    private static byte[] whole(StoreFamily family, Content content) {
        try (var in = content.open()) {
            return in.readNBytes(Math.toIntExact(family.mostBytes()));
        } catch (IOException e) {
            throw new LatheException(
                    ProblemCode.UNAVAILABLE, "Reading what came as " + family + " failed. Try again.", e);
        }
    }

    /** All datasets, in order. */
    public List<DatasetName> names() {
        return store.names();
    }

    /** The versions of a dataset, oldest first; none when there is no such dataset. */
    public List<DatasetVersion> log(DatasetName name) {
        var manifests = store.findReference(name).orElse(Reference.NONE).manifests();
        return IntStream.range(0, manifests.size())
                .mapToObj(i -> store.loadVersion(name, i + 1, manifests.get(i)))
                .toList();
    }

    public Optional<DatasetVersion> find(VersionRef ref) {
        return store.findReference(ref.dataset())
                .flatMap(reference ->
                        reference.number(ref.selector()).map(number -> version(ref.dataset(), reference, number)));
    }

    /** NOT_FOUND naming the datasets, versions or tags nearest to what was asked. */
    public DatasetVersion load(VersionRef ref) {
        return find(ref).orElseThrow(() -> notFound(ref));
    }

    /**
     * Makes the files the next version, or none when they are those of the latest. Files are read twice; one that changes in between is refused with BAD_REQUEST. Commits at the same time get their
     * numbers one after the other.
     */
    public CommitResult commit(CommitRequest request) {
        var files = new ArrayList<DatasetFile>();
        request.files().forEach((path, content) -> files.add(measured(path, content)));
        // Before anything else, so that committing a version's files again brings back those the store has lost.
        files.forEach(file -> store.putFile(file.sha256(), content(request, file)));
        var unchanged = find(new VersionRef(request.dataset(), new Selector.Latest()))
                .filter(latest -> latest.files().equals(files));
        if (unchanged.isPresent()) {
            return new CommitResult.Unchanged(unchanged.get());
        }
        var createdAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var written = new HashSet<String>();
        return store.move(request.dataset(), now -> {
            var latest = now.latest()
                    .map(_ -> version(request.dataset(), now, now.manifests().size()));
            var mine = now.manifests().stream().filter(written::contains).findFirst();
            if (mine.isPresent()) {
                // An earlier swap whose answer was lost had happened.
                var number = now.manifests().indexOf(mine.get()) + 1;
                return stay(new CommitResult.Created(version(request.dataset(), now, number)));
            }
            if (latest.isPresent() && latest.get().files().equals(files)) {
                return stay(new CommitResult.Unchanged(latest.get()));
            }
            var manifest = Manifest.of(request, files, now.manifests().size() + 1, now.latest(), createdAt);
            store.putManifest(manifest);
            written.add(manifest.version().id());
            return new DatasetStore.Move<CommitResult>(
                    Optional.of(now.withVersion(manifest.version().id())),
                    new CommitResult.Created(manifest.version()));
        });
    }

    /** Gives a version a name for ever. CONFLICT when another version has it. */
    public void tag(VersionRef version, String tag) {
        var name = new Selector.Tag(tag).tag();
        store.<Boolean>move(version.dataset(), now -> {
            var number = now.number(version.selector()).orElseThrow(() -> notFound(version));
            var tagged = Optional.ofNullable(now.tags().get(name));
            if (tagged.filter(other -> other != number.intValue()).isPresent()) {
                throw new LatheException(
                        ProblemCode.CONFLICT,
                        "The tag '" + name + "' of '" + version.dataset() + "' is v" + tagged.get()
                                + " for ever. Choose another tag for v" + number + ".");
            }
            return new DatasetStore.Move<>(
                    tagged.isPresent() ? Optional.empty() : Optional.of(now.withTag(name, number)), true);
        });
    }

    /** The bytes of one file; the read that reaches a wrong end throws INTERNAL. NOT_FOUND naming the nearest path. */
    public InputStream open(DatasetVersion version, String path) {
        return store.openFile(version, loadFile(version, path));
    }

    /** Writes all files below a folder that is empty or not there yet, verified. Empty folders were never part of a version. */
    public Path materialise(DatasetVersion version, Path folder) {
        try {
            Files.createDirectories(folder);
            try (var entries = Files.newDirectoryStream(folder)) {
                if (entries.iterator().hasNext()) {
                    throw new LatheException(
                            ProblemCode.CONFLICT, "The folder '" + folder + "' is not empty. Give an empty one.");
                }
            }
            for (var file : version.files()) {
                write(version, file, place(folder, file.path()));
            }
            return folder;
        } catch (IOException e) {
            throw new LatheException(
                    ProblemCode.UNAVAILABLE,
                    "Writing " + version.ref() + " to '" + folder + "' failed: " + e.getMessage()
                            + ". Check the disk's space and the folder's rights.",
                    e);
        }
    }

    /** A name that is fit for the store may be none for this system's files. */
    private static Path place(Path folder, String path) {
        try {
            return folder.resolve(path);
        } catch (InvalidPathException e) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "'" + Shown.of(path) + "' cannot be a file's name here: " + e.getReason()
                            + ". Where letters beyond ASCII are the reason, start Java with LC_ALL=C.UTF-8; else read it with open.",
                    e);
        }
    }

    /** The schema the dataset is held to now. */
    public Optional<Schema> schema(DatasetName name) {
        return schemaId(name).map(this::loadSchema);
    }

    /** The schemas the dataset was held to, the present one last; none when there is no such dataset. */
    public List<Acceptance> acceptances(DatasetName name) {
        return store.findReference(name).orElse(Reference.NONE).schemas();
    }

    /** An accepted schema; INTERNAL when the store has lost it. */
    public Schema schema(Acceptance acceptance) {
        return loadSchema(acceptance.id());
    }

    /** The numbers of tagged versions by tag, in order; none when there is no such dataset. */
    public Map<String, Integer> tags(DatasetName name) {
        return store.findReference(name).orElse(Reference.NONE).tags();
    }

    /** How many versions a dataset has, without reading any; 0 when there is no such dataset. */
    public int count(DatasetName name) {
        return store.findReference(name).orElse(Reference.NONE).manifests().size();
    }

    /** Holds a dataset to a schema from now on. NOT_FOUND when there is no such dataset. */
    public void acceptSchema(DatasetName name, Schema schema, String author, String reason) {
        var id = store.putSchema(SchemaText.print(schema));
        var at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        store.<Boolean>move(name, now -> {
            if (now.manifests().isEmpty()) {
                throw notFound(new VersionRef(name, new Selector.Latest()));
            }
            return new DatasetStore.Move<>(
                    now.schema().filter(id::equals).isPresent()
                            ? Optional.empty()
                            : Optional.of(now.withSchema(new Acceptance(id, author, reason, at))),
                    true);
        });
    }

    /** What is wrong with a version by its dataset's accepted schema. NOT_FOUND when there is none. */
    public List<Anomaly> check(DatasetVersion version, String environment) {
        var schema = schema(version.dataset())
                .orElseThrow(() -> new LatheException(
                        ProblemCode.NOT_FOUND,
                        "The dataset '" + version.dataset() + "' has no schema yet. Infer and accept one first."));
        return SchemaCheck.check(schema, environment, read(version, csvPath(version), CsvOptions.defaults()));
    }

    /** The profile of a version's single CSV file, read by its dataset's accepted schema where the values fit it. Computed on first use and kept. */
    public DatasetStatistics statistics(DatasetVersion version) {
        var schemaId = schemaId(version.dataset());
        return findStatistics(version, schemaId).orElseGet(() -> {
            var table = read(version, schemaId);
            var fitting = table.misfit().isEmpty() ? table : table.reopen(CsvOptions.defaults());
            var statistics = DatasetStatistics.of(fitting);
            store.putDerived(version, statisticsName(schemaId), StatisticsJson.print(statistics));
            return statistics;
        });
    }

    /** What {@link #statistics} has kept; empty when it would read the whole file. */
    public Optional<DatasetStatistics> findStatistics(DatasetVersion version) {
        return findStatistics(version, schemaId(version.dataset()));
    }

    private Optional<DatasetStatistics> findStatistics(DatasetVersion version, Optional<String> schemaId) {
        return store.findDerived(version, statisticsName(schemaId)).flatMap(StatisticsJson::findParsed);
    }

    private static String statisticsName(Optional<String> schemaId) {
        return "statistics-" + DatasetStatistics.PROFILER_VERSION
                + schemaId.map(id -> "-" + id).orElse("") + ".json";
    }

    /**
     * A version's single CSV file, read by its dataset's accepted schema if there is one. BAD_REQUEST naming the files when there is not exactly one; where values do not fit the schema's types, reading
     * batches fails with BAD_REQUEST naming line and value.
     */
    public CsvTable read(DatasetVersion version) {
        return read(version, schemaId(version.dataset()));
    }

    /** One file of a version, read by these options. */
    public CsvTable read(DatasetVersion version, String path, CsvOptions options) {
        var file = loadFile(version, path);
        return CsvTable.open(
                new Content() {
                    @Override
                    public long bytes() {
                        return file.bytes();
                    }

                    @Override
                    public InputStream open() {
                        return store.openFile(version, file);
                    }
                },
                options);
    }

    /** Reads the references and everything of every version, and names what is damaged or lost; each object once, with the first version that needs it. */
    public List<Damage> verify() {
        return new Verification(store).damages();
    }

    private CsvTable read(DatasetVersion version, Optional<String> schemaId) {
        var options = schemaId.map(id -> loadSchema(id).reading(CsvOptions.defaults()))
                .orElse(CsvOptions.defaults());
        return read(version, csvPath(version), options);
    }

    private Schema loadSchema(String id) {
        return SchemaText.parse(store.loadSchemaText(id));
    }

    private Optional<String> schemaId(DatasetName name) {
        return store.findReference(name).flatMap(Reference::schema);
    }

    private DatasetVersion version(DatasetName name, Reference reference, int number) {
        return store.loadVersion(name, number, reference.manifests().get(number - 1));
    }

    private static <T> DatasetStore.Move<T> stay(T answer) {
        return new DatasetStore.Move<>(Optional.empty(), answer);
    }

    private static Content content(CommitRequest request, DatasetFile file) {
        var content = request.files().get(file.path());
        if (content == null) {
            throw new IllegalStateException("Measured files are the request's files");
        }
        return content;
    }

    private static DatasetFile measured(String path, Content content) {
        var counter = new CountingOutput();
        try (var in = content.open()) {
            var hash = Sha256.copy(in, counter);
            return new DatasetFile(path, counter.count, hash);
        } catch (IOException e) {
            throw new LatheException(
                    ProblemCode.UNAVAILABLE, "Reading '" + path + "' failed: " + e.getMessage() + ". Try again.", e);
        }
    }

    private void write(DatasetVersion version, DatasetFile file, Path target) throws IOException {
        Files.createDirectories(target.toAbsolutePath().getParent());
        try (var in = store.openFile(version, file)) {
            Files.copy(in, target);
        } catch (IOException | LatheException e) {
            Files.deleteIfExists(target);
            throw e;
        }
    }

    private static DatasetFile loadFile(DatasetVersion version, String path) {
        var paths = version.files().stream().map(DatasetFile::path).toList();
        return version.files().stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new LatheException(
                        ProblemCode.NOT_FOUND,
                        "There is no file '" + path + "' in " + version.ref() + "." + Nearest.hint(path, paths)));
    }

    private static String csvPath(DatasetVersion version) {
        var paths = version.files().stream().map(DatasetFile::path).toList();
        var csv = paths.stream()
                .filter(path -> path.toLowerCase(Locale.ROOT).matches(".*\\.(csv|tsv)(\\.gz)?"))
                .toList();
        if (csv.size() != 1) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    version.ref() + " has " + csv.size() + " CSV files, not one, among its files "
                            + paths.stream().limit(20).collect(Collectors.joining("', '", "'", "'"))
                            + ". Name the file to read.");
        }
        return csv.getFirst();
    }

    private LatheException notFound(VersionRef ref) {
        var reference = store.findReference(ref.dataset())
                .filter(each -> !each.manifests().isEmpty());
        if (reference.isEmpty()) {
            var known = names().stream().map(DatasetName::value).toList();
            return new LatheException(
                    ProblemCode.NOT_FOUND,
                    "There is no dataset '" + ref.dataset() + "'."
                            + Nearest.hint(ref.dataset().value(), known));
        }
        var newest = reference.get().manifests().size();
        var hint = switch (ref.selector()) {
            case Selector.Tag(var tag) ->
                Nearest.hint(tag, reference.get().tags().keySet());
            case Selector.Version _, Selector.Latest _ ->
                newest == 1 ? " Its only version is v1." : " Its versions are v1 to v" + newest + ".";
        };
        return new LatheException(ProblemCode.NOT_FOUND, "There is no " + ref + "." + hint);
    }

    private static final class CountingOutput extends OutputStream {
        private long count;

        @Override
        public void write(int single) {
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            count += length;
        }
    }
}
