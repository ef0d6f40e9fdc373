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
 * @param sampleRow a raw row the model accepts
 */
public record Report(
        String bundle,
        String model,
        Judgement verdict,
        JsonNode metrics,
        Optional<Compared> production,
        Optional<String> trainedOn,
        JsonNode sampleRow) {
    public record Compared(int version, JsonNode metrics) {}
}
