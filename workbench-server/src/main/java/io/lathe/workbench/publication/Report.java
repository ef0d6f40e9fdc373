package io.lathe.workbench.publication;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.workbench.registry.Judgement;
import java.util.Optional;

/**
 * What a judged publication showed.
 *
 * @param bundle the bundle's id
 * @param model the model's name as the bundle has it
 * @param metrics of the candidate
 * @param production the version it was compared with, if there was one
 * @param comparison both row by row: {@code {"kind","difference","low","high",…}}, if both could be evaluated
 * @param facts how the candidate says it came to be: {@code {"trainedAt","trainedOn","provenance":{…}}}
 * @param sampleRow a raw row the model accepts
 */
public record Report(
        String bundle,
        String model,
        Judgement verdict,
        JsonNode metrics,
        Optional<Compared> production,
        Optional<JsonNode> comparison,
        Optional<JsonNode> facts,
        Optional<String> trainedOn,
        JsonNode sampleRow) {
    /**
     * The version in production when the candidate was judged.
     *
     * @param metrics of it on the candidate's evaluation data; empty where it could not be evaluated there
     */
    public record Compared(int version, Optional<JsonNode> metrics, Optional<JsonNode> facts) {
        public Compared {
            metrics = metrics.filter(JsonNode::isObject);
            facts = facts.filter(JsonNode::isObject);
        }
    }

    // What was never written is read back as JSON's null.
    public Report {
        comparison = comparison.filter(JsonNode::isObject);
        facts = facts.filter(JsonNode::isObject);
    }

    boolean promotes() {
        return verdict.outcome().equals("promoted");
    }

    boolean rejects() {
        return verdict.outcome().equals("rejected");
    }
}
