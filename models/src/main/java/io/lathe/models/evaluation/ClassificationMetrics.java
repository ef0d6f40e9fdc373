package io.lathe.models.evaluation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.models.ModelKind;
import io.lathe.models.json.JsonFields;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a classifier did on labelled rows. Immutable.
 *
 * @param rows labelled rows, refused ones included
 * @param correctRows rows whose label was predicted
 * @param refusedRows rows the model would not predict; they count as wrong
 * @param accuracy {@code correctRows / rows}, 0 to 1; NaN without rows
 * @param macroF1 the mean of the labels' F1 scores over the labels in the data, 0 to 1; NaN without rows
 * @param logLoss the mean of -ln(probability of the true label), with probabilities not below 1e-15, which is also that of a
 *     refused row and of an unknown label; NaN without rows
 * @param rowsByLabel rows by true label, refused ones included, sorted by label
 * @param recallByLabel for each label in the data the share of its rows predicted, sorted by label
 * @param confusion rows by true label and then predicted label, sorted; refused rows are in none
 * @param unknownLabels labels in the data that the model can't answer, sorted
 */
public record ClassificationMetrics(
        long rows,
        long correctRows,
        long refusedRows,
        double accuracy,
        double macroF1,
        double logLoss,
        Map<String, Long> rowsByLabel,
        Map<String, Double> recallByLabel,
        Map<String, Map<String, Long>> confusion,
        List<String> unknownLabels)
        implements Metrics {
    public ClassificationMetrics {
        rowsByLabel = Collections.unmodifiableMap(new TreeMap<>(rowsByLabel));
        recallByLabel = Collections.unmodifiableMap(new TreeMap<>(recallByLabel));
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        confusion.forEach((actual, row) -> counts.put(actual, Collections.unmodifiableMap(new TreeMap<>(row))));
        confusion = Collections.unmodifiableMap(counts);
        unknownLabels = unknownLabels.stream().sorted().toList();
        if (rowsByLabel.values().stream().mapToLong(Long::longValue).sum() != rows) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "Metrics of %d rows have labels of another number of rows; they must agree.".formatted(rows));
        }
        if (rows < 0 || correctRows < 0 || refusedRows < 0 || correctRows + refusedRows > rows) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "Metrics of %d rows can't have %d correct and %d refused ones."
                            .formatted(rows, correctRows, refusedRows));
        }
    }

    @Override
    public ModelKind kind() {
        return ModelKind.CLASSIFICATION;
    }

    @Override
    public ObjectNode toNode() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("rows", rows).put("correctRows", correctRows).put("refusedRows", refusedRows);
        node.set("accuracy", JsonFields.numberNode(accuracy));
        node.set("macroF1", JsonFields.numberNode(macroF1));
        node.set("logLoss", JsonFields.numberNode(logLoss));
        ObjectNode labels = node.putObject("rowsByLabel");
        rowsByLabel.forEach(labels::put);
        ObjectNode recall = node.putObject("recallByLabel");
        recallByLabel.forEach((label, share) -> recall.set(label, JsonFields.numberNode(share)));
        ObjectNode counts = node.putObject("confusion");
        confusion.forEach((actual, predicted) -> {
            ObjectNode row = counts.putObject(actual);
            predicted.forEach(row::put);
        });
        ArrayNode unknown = node.putArray("unknownLabels");
        unknownLabels.forEach(unknown::add);
        return node;
    }

    static ClassificationMetrics read(JsonFields fields) {
        JsonFields counts = fields.object("confusion");
        Map<String, Map<String, Long>> confusion = new TreeMap<>();
        counts.node().fieldNames().forEachRemaining(actual -> {
            confusion.put(actual, counts.object(actual).wholes());
        });
        return new ClassificationMetrics(
                fields.whole("rows"),
                fields.whole("correctRows"),
                fields.whole("refusedRows"),
                fields.numberOrNaN("accuracy"),
                fields.numberOrNaN("macroF1"),
                fields.numberOrNaN("logLoss"),
                fields.object("rowsByLabel").wholes(),
                fields.object("recallByLabel").numbers(),
                confusion,
                fields.texts("unknownLabels"));
    }
}
