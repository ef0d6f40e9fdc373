package io.lathe.models.bundle;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lathe.models.json.JsonFields;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a bundle says that its model came to be.
 *
 * @param trainedAt ISO instant
 * @param trainedOn the dataset version, where known
 * @param provenance further facts, by name
 */
public record TrainingFacts(String trainedAt, Optional<String> trainedOn, Map<String, String> provenance) {
    public TrainingFacts {
        provenance = Collections.unmodifiableMap(new TreeMap<>(provenance));
    }

    public static TrainingFacts of(BundleManifest manifest) {
        return new TrainingFacts(manifest.createdAt().toString(), manifest.trainedOn(), manifest.provenance());
    }

    public ObjectNode toNode() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("trainedAt", trainedAt).put("trainedOn", trainedOn.orElse(null));
        ObjectNode facts = node.putObject("provenance");
        provenance.forEach(facts::put);
        return node;
    }

    public static TrainingFacts fromNode(JsonFields fields) {
        return new TrainingFacts(
                fields.text("trainedAt"),
                fields.findText("trainedOn"),
                fields.object("provenance").textsByName());
    }
}
