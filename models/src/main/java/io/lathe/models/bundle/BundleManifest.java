package io.lathe.models.bundle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import io.lathe.datasets.version.Selector;
import io.lathe.datasets.version.VersionRef;
import io.lathe.models.ModelKind;
import io.lathe.models.json.CanonicalJson;
import io.lathe.models.json.JsonFields;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code bundle.json}: what the bundle is and which bytes belong to it.
 *
 * @param kind what the model answers
 * @param model the model's name, {@code [a-z][a-z0-9_-]{0,62}}
 * @param files each other entry's size and hash, by entry name
 * @param labels the labels the model can answer, in the order of its probabilities; none for numbers
 * @param trainedOn the dataset version it was trained on, such as {@code penguins@v1}, where known
 * @param evaluatedOn the dataset version its metrics were measured on
 * @param provenance further facts about its making, by name
 */
public record BundleManifest(
        ModelKind kind,
        String model,
        Instant createdAt,
        Map<String, FileHash> files,
        List<String> labels,
        Optional<String> trainedOn,
        Optional<String> evaluatedOn,
        Map<String, String> provenance) {
    static final int FORMAT = 0;

    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);
    private static final Pattern MODEL_NAME = Pattern.compile("[a-z][a-z0-9_-]{0,62}");

    /** One entry's size in bytes and SHA-256 in hex. */
    public record FileHash(String sha256, long bytes) {}

    public BundleManifest {
        requireModelName(model);
        if (labels.isEmpty() == (kind == ModelKind.CLASSIFICATION)
                || labels.stream().distinct().count() != labels.size()) {
            throw bad("bundle.json must list each label of a model that answers labels once, and none of another.");
        }
        files = Collections.unmodifiableMap(new TreeMap<>(files));
        labels = List.copyOf(labels);
        provenance = Collections.unmodifiableMap(new TreeMap<>(provenance));
    }

    /** @throws LatheException {@code bad-request} naming what cannot be a model's name */
    public static void requireModelName(String model) {
        if (!MODEL_NAME.matcher(model).matches()) {
            throw bad(
                    "'" + Shown.of(model)
                            + "' is not a model name. Use a small letter, then small letters, digits, '_' or '-', at most 63 in all.");
        }
    }

    /**
     * Looks whether what it says of its making can be. Not asked of a bundle that was taken in before: clocks are set back.
     *
     * @throws LatheException {@code bad-request} naming the field when it was made after tomorrow or trained on no dataset version
     */
    public void requireCredible(Instant now) {
        if (createdAt.isAfter(now.plus(CLOCKS_DIFFER))) {
            throw bad("bundle.json.createdAt is '" + createdAt
                    + "', which is yet to come. Set the clock right, then build the bundle again.");
        }
        trainedOn.filter(version -> !isDatasetVersion(version)).ifPresent(version -> {
            throw bad("bundle.json.trainedOn is '" + Shown.of(version)
                    + "', which is no dataset version. Give one such as 'penguins@v1', or leave it out.");
        });
    }

    private static boolean isDatasetVersion(String text) {
        try {
            return VersionRef.parse(text).selector() instanceof Selector.Version;
        } catch (LatheException e) {
            return false;
        }
    }

    byte[] toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("format", FORMAT)
                .put("kind", kind.wireName())
                .put("model", model)
                .put("createdAt", createdAt.toString())
                .put("trainedOn", trainedOn.orElse(null))
                .put("evaluatedOn", evaluatedOn.orElse(null));
        ObjectNode hashes = node.putObject("files");
        files.forEach((name, file) ->
                hashes.putObject(name).put("sha256", file.sha256()).put("bytes", file.bytes()));
        if (kind == ModelKind.CLASSIFICATION) {
            ArrayNode labelNames = node.putArray("labels");
            labels.forEach(labelNames::add);
        }
        ObjectNode facts = node.putObject("provenance");
        provenance.forEach(facts::put);
        return CanonicalJson.write(node);
    }

    static BundleManifest fromJson(byte[] json) {
        JsonFields fields = new JsonFields(
                CanonicalJson.parse(json, BundleEntry.MANIFEST.maxBytes(), "bundle.json"), "bundle.json");
        Optional<ModelKind> kind = ModelKind.find(fields.text("kind"));
        if (fields.whole("format") != FORMAT || kind.isEmpty()) {
            throw bad("The bundle has a format or kind that this version doesn't read; it reads format %d of %s."
                    .formatted(
                            FORMAT,
                            Arrays.stream(ModelKind.values())
                                    .map(ModelKind::wireName)
                                    .collect(Collectors.joining(" and "))));
        }
        Map<String, FileHash> files = new TreeMap<>();
        JsonFields hashes = fields.object("files");
        hashes.node().fieldNames().forEachRemaining(name -> {
            JsonFields file = hashes.object(name);
            files.put(name, new FileHash(file.text("sha256"), file.whole("bytes")));
        });
        return new BundleManifest(
                kind.get(),
                fields.text("model"),
                instant(fields.text("createdAt")),
                files,
                kind.get() == ModelKind.CLASSIFICATION || fields.node().has("labels")
                        ? fields.texts("labels")
                        : List.of(),
                fields.findText("trainedOn"),
                fields.findText("evaluatedOn"),
                fields.object("provenance").textsByName());
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST, "bundle.json.createdAt must be an instant in ISO form.", e);
        }
    }

    private static LatheException bad(String message) {
        return new LatheException(ProblemCode.BAD_REQUEST, message);
    }
}
