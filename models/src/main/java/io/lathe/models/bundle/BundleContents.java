package io.lathe.models.bundle;

import io.lathe.models.evaluation.Metrics;
import io.lathe.models.features.FittedFeatures;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that goes into a bundle. The input contract is not among it: it follows from the features.
 *
 * @param model the model's name
 * @param modelFile Tribuo's protobuf; owned by this record from now on
 * @param labels the labels the model can answer, in the order of its probabilities; none for numbers
 * @see BundleManifest
 */
@SuppressWarnings("ArrayRecordComponent") // up to 64 MiB that are handed on, never compared or copied
public record BundleContents(
        String model,
        Instant createdAt,
        byte[] modelFile,
        FittedFeatures<?> features,
        List<String> labels,
        Metrics metrics,
        Samples samples,
        Optional<String> trainedOn,
        Optional<String> evaluatedOn,
        Map<String, String> provenance) {}
