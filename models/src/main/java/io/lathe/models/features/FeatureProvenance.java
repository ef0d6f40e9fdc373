package io.lathe.models.features;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.oracle.labs.mlrg.olcut.provenance.ObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.models.json.CanonicalJson;
import io.lathe.models.json.JsonFields;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.tribuo.Model;
import org.tribuo.provenance.DataSourceProvenance;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * What a trained model remembers of its training rows. It travels in the description of Tribuo's data source provenance, so it
 * survives splitting the dataset and writing the model to a file.
 *
 * @param features the features the rows went through
 * @param datasetVersion the dataset version they came from, if any
 */
public record FeatureProvenance(FittedFeatures<?> features, Optional<String> datasetVersion) {
    private static final String PREFIX = "lathe-features/0 ";
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_DEPTH = 32;

    /** Looks through the data sources of {@code model}, also below splits and views. */
    public static Optional<FeatureProvenance> find(Model<?> model) {
        return find(model.getProvenance().getDatasetProvenance(), 0);
    }

    /** @throws LatheException {@code bad-request} when the model was not trained on {@link FittedFeatures#dataset} */
    public static FeatureProvenance load(Model<?> model) {
        return find(model)
                .orElseThrow(() -> new LatheException(
                        ProblemCode.BAD_REQUEST,
                        "The model %s was not trained on a dataset made by FittedFeatures.dataset(…), so nobody knows how to turn a raw row into its features. Train it on such a dataset, or on a split of one."
                                .formatted(model.getName())));
    }

    DataSourceProvenance asDataSource() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        datasetVersion.ifPresent(version -> node.put("dataset", version));
        node.set("features", FeatureJson.node(features));
        return new SimpleDataSourceProvenance(
                PREFIX + CanonicalJson.text(node), features.response().factory());
    }

    private static Optional<FeatureProvenance> find(Provenance provenance, int depth) {
        if (provenance instanceof SimpleDataSourceProvenance source) {
            return parse(description(source));
        }
        if (provenance instanceof ObjectProvenance object && depth < MAX_DEPTH) {
            for (var field : object) {
                Optional<FeatureProvenance> found = find(field.getB(), depth + 1);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static String description(SimpleDataSourceProvenance source) {
        for (var field : source) {
            if (field.getA().equals(SimpleDataSourceProvenance.DESCRIPTION)) {
                return ((com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance) field.getB()).getValue();
            }
        }
        return "";
    }

    private static Optional<FeatureProvenance> parse(String description) {
        if (!description.startsWith(PREFIX)) {
            return Optional.empty();
        }
        byte[] json = description.substring(PREFIX.length()).getBytes(StandardCharsets.UTF_8);
        JsonFields fields = new JsonFields(
                CanonicalJson.parse(json, MAX_BYTES, "The model's provenance"), "The model's provenance");
        return Optional.of(
                new FeatureProvenance(FeatureJson.read(fields.object("features")), fields.findText("dataset")));
    }
}
