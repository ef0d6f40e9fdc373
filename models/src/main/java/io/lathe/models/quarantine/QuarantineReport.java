package io.lathe.models.quarantine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.models.ModelKind;
import io.lathe.models.bundle.BundleId;
import io.lathe.models.bundle.TrainingFacts;
import io.lathe.models.evaluation.Comparison;
import io.lathe.models.evaluation.Metrics;
import io.lathe.models.json.CanonicalJson;
import io.lathe.models.json.JsonFields;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the quarantine found out about a candidate. */
public sealed interface QuarantineReport {
    /**
     * The candidate is what it says it is, and was evaluated.
     *
     * @param candidate its id, computed from its bytes
     * @param model the model's name in its manifest
     * @param trainedOn the dataset version its manifest names, if any
     * @param labels the labels it can answer, in the order of its probabilities
     * @param sampleRow the first raw row of its samples, to show how it is called
     * @param metrics of the candidate on the evaluation data
     * @param production metrics of the production version on the same data, if there is one and it could be evaluated
     * @param productionFailure why the production version could not be evaluated, if it could not; a full sentence
     * @param difference how the production version answers another question, so that nothing was compared; a full sentence
     * @param comparison both row by row, if both were evaluated
     * @param facts how the candidate says it came to be
     * @param productionFacts the same of the production version, if both were evaluated
     */
    record Accepted(
            BundleId candidate,
            String model,
            Optional<String> trainedOn,
            List<String> labels,
            Map<String, @Nullable Object> sampleRow,
            Metrics metrics,
            Optional<Metrics> production,
            Optional<String> productionFailure,
            Optional<String> difference,
            Optional<Comparison> comparison,
            TrainingFacts facts,
            Optional<TrainingFacts> productionFacts)
            implements QuarantineReport {
        public Accepted {
            labels = List.copyOf(labels);
            sampleRow = Collections.unmodifiableMap(new LinkedHashMap<>(sampleRow));
        }
    }

    /**
     * The candidate must not be served.
     *
     * @param reasons full sentences for its publisher
     * @param log the end of what the quarantine process wrote to its error output, for the operator only; may be empty
     */
    record Refused(List<String> reasons, String log) implements QuarantineReport {
        public Refused {
            reasons = List.copyOf(reasons);
        }
    }

    /** This report as one JSON document. */
    default String toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        switch (this) {
            case Accepted accepted -> {
                node.put("outcome", "accepted")
                        .put("candidate", accepted.candidate().sha256())
                        .put("model", accepted.model())
                        .put("trainedOn", accepted.trainedOn().orElse(null));
                ArrayNode labels = node.putArray("labels");
                accepted.labels().forEach(labels::add);
                ObjectNode row = node.putObject("sampleRow");
                accepted.sampleRow().forEach((column, value) -> row.set(column, JsonFields.scalarNode(value)));
                node.put("kind", accepted.metrics().kind().wireName());
                node.set("metrics", accepted.metrics().toNode());
                accepted.production().ifPresent(metrics -> node.set("production", metrics.toNode()));
                accepted.productionFailure().ifPresent(failure -> node.put("productionFailure", failure));
                accepted.difference().ifPresent(difference -> node.put("difference", difference));
                accepted.comparison().ifPresent(comparison -> node.set("comparison", comparison.toNode()));
                node.set("facts", accepted.facts().toNode());
                accepted.productionFacts().ifPresent(facts -> node.set("productionFacts", facts.toNode()));
            }
            case Refused refused -> {
                node.put("outcome", "refused").put("log", refused.log());
                ArrayNode reasons = node.putArray("reasons");
                refused.reasons().forEach(reasons::add);
            }
        }
        return CanonicalJson.text(node);
    }

    /** @throws LatheException {@code bad-request} when the text is not such a document */
    static QuarantineReport fromJson(String json) {
        JsonNode node = CanonicalJson.parse(
                json.getBytes(StandardCharsets.UTF_8), QuarantineProcess.MAX_OUTPUT_BYTES, "The quarantine's report");
        JsonFields fields = new JsonFields(node, "The quarantine's report");
        return switch (fields.text("outcome")) {
            case "accepted" -> accepted(fields);
            case "refused" -> new Refused(fields.texts("reasons"), fields.text("log"));
            default ->
                throw new LatheException(ProblemCode.BAD_REQUEST, "The quarantine's report has an unknown outcome.");
        };
    }

    private static Accepted accepted(JsonFields fields) {
        ModelKind kind = ModelKind.find(fields.text("kind"))
                .orElseThrow(() -> new LatheException(
                        ProblemCode.BAD_REQUEST, "The quarantine's report has an unknown kind of model."));
        return new Accepted(
                new BundleId(fields.text("candidate")),
                fields.text("model"),
                fields.findText("trainedOn"),
                fields.texts("labels"),
                fields.object("sampleRow").row(),
                Metrics.fromNode(kind, fields.object("metrics").node()),
                fields.findObject("production").map(production -> Metrics.fromNode(kind, production.node())),
                fields.findText("productionFailure"),
                fields.findText("difference"),
                fields.findObject("comparison").map(Comparison::fromNode),
                TrainingFacts.fromNode(fields.object("facts")),
                fields.findObject("productionFacts").map(TrainingFacts::fromNode));
    }
}
