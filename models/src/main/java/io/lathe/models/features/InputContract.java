package io.lathe.models.features;

import io.lathe.datasets.schema.Domain;
import io.lathe.datasets.schema.Feature;
import io.lathe.datasets.schema.FeatureType;
import io.lathe.datasets.schema.Presence;
import io.lathe.datasets.schema.Schema;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The schema that raw rows must fit, derived from the transforms that will read them. */
final class InputContract {
    private InputContract() {}

    static Schema of(FittedFeatures<?> features) {
        List<Feature> schema = new ArrayList<>();
        features.transforms().forEach(transform -> schema.add(feature(transform)));
        schema.add(features.response().feature());
        return new Schema(schema, List.of(Schema.TRAINING, Schema.SERVING));
    }

    private static Feature feature(FeatureTransform transform) {
        Feature feature = switch (transform) {
            case FeatureTransform.Standardised number -> Feature.required(number.column(), FeatureType.FLOAT);
            case FeatureTransform.OneHot category -> category(category);
            case FeatureTransform.Flag flag ->
                Feature.required(flag.column(), FeatureType.BYTES).withDomain(new Domain.Bool());
        };
        return transform.whenMissing() == WhenMissing.IMPUTE ? feature.withPresence(Presence.OPTIONAL) : feature;
    }

    private static Feature category(FeatureTransform.OneHot category) {
        return switch (category.type()) {
            case TEXT ->
                Feature.required(category.column(), FeatureType.BYTES)
                        .withDomain(new Domain.Strings(category.values()));
            case WHOLE_NUMBER -> {
                List<BigInteger> codes =
                        category.values().stream().map(BigInteger::new).sorted().toList();
                yield Feature.required(category.column(), FeatureType.INT)
                        .withDomain(new Domain.Ints(limit(codes.getFirst()), limit(codes.getLast())));
            }
        };
    }

    private static OptionalLong limit(BigInteger code) {
        return code.bitLength() < Long.SIZE ? OptionalLong.of(code.longValue()) : OptionalLong.empty();
    }
}
