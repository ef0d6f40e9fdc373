package io.lathe.models.bundle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.models.ModelKind;
import io.lathe.models.json.CanonicalJson;
import io.lathe.models.json.JsonFields;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code samples.json}: a few raw rows and what the model answered when it was published. They check a copy of the model, warm it
 * up, and show how to call it.
 */
public record Samples(List<Sample> samples) {
    /** The most samples in a bundle. */
    public static final int MAX = 100;

    /**
     * One row and its answer.
     *
     * @param row the raw row, by column
     */
    public record Sample(Map<String, @Nullable Object> row, Answer answer) {
        public Sample {
            row = Collections.unmodifiableMap(new LinkedHashMap<>(row));
        }

        /** The row as a JSON object. */
        public ObjectNode rowNode() {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            row.forEach((column, value) -> node.set(column, JsonFields.scalarNode(value)));
            return node;
        }
    }

    /** What a model answered. */
    public sealed interface Answer {
        ObjectNode toNode();
    }

    /** @param probabilities by label */
    public record Labelled(String label, Map<String, Double> probabilities) implements Answer {
        public Labelled {
            probabilities = Collections.unmodifiableMap(new TreeMap<>(probabilities));
        }

        @Override
        public ObjectNode toNode() {
            ObjectNode node = JsonNodeFactory.instance.objectNode().put("label", label);
            ObjectNode shares = node.putObject("probabilities");
            probabilities.forEach(shares::put);
            return node;
        }
    }

    /** A finite number. */
    public record Estimate(double value) implements Answer {
        @Override
        public ObjectNode toNode() {
            return JsonNodeFactory.instance.objectNode().put("value", value);
        }
    }

    public Samples {
        samples = List.copyOf(samples);
        if (samples.isEmpty() || samples.size() > MAX) {
            throw bad("samples.json must have 1 to %d samples, not %d.".formatted(MAX, samples.size()));
        }
    }

    byte[] toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode rows = node.putArray("rows");
        ArrayNode predictions = node.putArray("predictions");
        for (Sample sample : samples) {
            rows.add(sample.rowNode());
            predictions.add(sample.answer().toNode());
        }
        return CanonicalJson.write(node);
    }

    static Samples fromJson(ModelKind kind, byte[] json) {
        JsonFields fields = new JsonFields(
                CanonicalJson.parse(json, BundleEntry.SAMPLES.maxBytes(), "samples.json"), "samples.json");
        List<JsonFields> rows = fields.objects("rows");
        List<JsonFields> predictions = fields.objects("predictions");
        if (rows.size() != predictions.size()) {
            throw bad("samples.json has %d rows and %d predictions; it needs one for each."
                    .formatted(rows.size(), predictions.size()));
        }
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            JsonFields prediction = predictions.get(i);
            Answer answer = switch (kind) {
                case CLASSIFICATION ->
                    new Labelled(
                            prediction.text("label"),
                            prediction.object("probabilities").numbers());
                case REGRESSION -> new Estimate(prediction.number("value"));
            };
            samples.add(new Sample(rows.get(i).row(), answer));
        }
        return new Samples(samples);
    }

    private static LatheException bad(String message) {
        return new LatheException(ProblemCode.BAD_REQUEST, message);
    }
}
