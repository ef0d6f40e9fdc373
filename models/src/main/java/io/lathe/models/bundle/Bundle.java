package io.lathe.models.bundle;

import io.lathe.datasets.schema.Schema;
import io.lathe.models.evaluation.Metrics;
import io.lathe.models.features.FittedFeatures;

/**
 * An opened bundle: names, sizes and hashes verified, its documents parsed, the model file still only bytes. Immutable as long as
 * nobody writes to {@code modelFile}.
 */
@SuppressWarnings("ArrayRecordComponent") // up to 64 MiB that are handed on, never compared or copied
public record Bundle(
        BundleId id,
        BundleManifest manifest,
        byte[] modelFile,
        FittedFeatures<?> features,
        Schema contract,
        Metrics metrics,
        Samples samples) {}
