package io.lathe.models.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lathe.models.ModelKind;
import io.lathe.models.json.CanonicalJson;
import io.lathe.models.json.JsonFields;
import java.nio.charset.StandardCharsets;

/** How a model did on labelled rows; each kind of model has its own numbers. What is undefined is NaN, in JSON {@code null}. */
public sealed interface Metrics permits ClassificationMetrics, RegressionMetrics {
    /** The most bytes of {@code metrics.json}. */
    int MAX_BYTES = 4 << 20;

    ModelKind kind();

    /** Labelled rows, refused ones included. */
    long rows();

    /** Rows the model would not predict. */
    long refusedRows();

    /** These metrics as a tree, with the names of the record's components; NaN is {@code null}. */
    ObjectNode toNode();

    /** The canonical JSON of these metrics; {@link #fromJson} reads it back to equal metrics. */
    default String toJson() {
        return CanonicalJson.text(toNode());
    }

    /** @throws io.lathe.datasets.problem.LatheException {@code bad-request} when the text is not such JSON */
    static Metrics fromJson(ModelKind kind, String json) {
        return fromNode(kind, CanonicalJson.parse(json.getBytes(StandardCharsets.UTF_8), MAX_BYTES, "metrics.json"));
    }

    /** @throws io.lathe.datasets.problem.LatheException {@code bad-request} when the tree is not such JSON */
    static Metrics fromNode(ModelKind kind, JsonNode node) {
        JsonFields fields = new JsonFields(node, "metrics.json");
        return switch (kind) {
            case CLASSIFICATION -> ClassificationMetrics.read(fields);
            case REGRESSION -> RegressionMetrics.read(fields);
        };
    }
}
