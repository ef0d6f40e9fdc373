package io.lathe.workbench.registry;

import java.util.Optional;

/**
 * A judged bundle that is to become a version.
 *
 * @param publicationId the publication it comes from
 * @param bundle the bundle's id; a model has each bundle once
 * @param evaluatedOn dataset version, as {@code penguins-test@v1}
 * @param metrics JSON object, as the evaluation wrote it
 * @param sampleRow JSON object: one raw row that the model accepts
 */
public record NewVersion(
        ModelName model,
        String ownerId,
        String projectId,
        String publicationId,
        String bundle,
        String evaluatedOn,
        Optional<String> trainedOn,
        String metrics,
        Judgement verdict,
        String sampleRow) {}
