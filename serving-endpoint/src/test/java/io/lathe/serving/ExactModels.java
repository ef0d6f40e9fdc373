package io.lathe.serving;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.lathe.models.features.FeatureTransform;
import io.lathe.models.features.FeatureTransform.CategoryType;
import io.lathe.models.features.FeatureTransform.OneHot;
import io.lathe.models.features.FeatureTransform.Standardised;
import io.lathe.models.features.FittedFeatures;
import io.lathe.models.features.Response;
import io.lathe.models.features.RowSource;
import io.lathe.models.features.WhenMissing;
import io.lathe.models.publish.BuiltBundle;
import io.lathe.models.publish.BundleBuilder;
import io.lathe.models.tribuo.TribuoModelFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tribuo.Model;
import org.tribuo.Trainer;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.math.protos.DenseTensorProto;
import org.tribuo.math.protos.LinearParametersProto;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.sgd.linear.LinearSGDTrainer;
import org.tribuo.regression.sgd.objectives.SquaredLoss;
import org.tribuo.regression.sgd.protos.RegressionLinearSGDProto;

/** Linear regressions whose weights are written by hand, so that the right answer to every row is known exactly. */
final class ExactModels {

    /** TensorFlow Serving's own test model: y = 0.5 x + 2. */
    static final BuiltBundle HALF_PLUS_TWO = model(Map.of("x", 0.5), 2, number("x"));

    /** y = 1e300 x, which leaves the doubles for x of 1e39. */
    static final BuiltBundle STEEP = model(Map.of("x", 1e300), 0, number("x"));

    /** y = a + 10 b + 100 for red, + 200 for blue. */
    static final BuiltBundle PLANE = model(
            Map.of("a", 1.0, "b", 10.0, "c=red", 100.0, "c=blue", 200.0),
            0,
            number("a"),
            number("b"),
            new OneHot("c", CategoryType.TEXT, List.of("blue", "red"), WhenMissing.REFUSE));

    private ExactModels() {}

    private static FeatureTransform number(String column) {
        return new Standardised(column, 0, 1, WhenMissing.REFUSE);
    }

    private static BuiltBundle model(Map<String, Double> weights, double intercept, FeatureTransform... transforms) {
        FittedFeatures<Regressor> features = new FittedFeatures<>(new Response.Numbers("y"), List.of(transforms));
        RowSource rows = RowSource.of(List.of(row(features, 1, "red"), row(features, 2, "blue")));
        Model<Regressor> trained = new LinearSGDTrainer(new SquaredLoss(), new AdaGrad(0.1), 1, Trainer.DEFAULT_SEED)
                .train(features.dataset(rows, Optional.of("exact@v1")));
        return BundleBuilder.of(withWeights(trained, weights, intercept))
                .named("tiny")
                .evaluatedOn("exact-test@v1", rows)
                .build(Instant.EPOCH);
    }

    private static Map<String, @Nullable Object> row(FittedFeatures<?> features, double number, String text) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        features.transforms()
                .forEach(transform -> row.put(transform.column(), transform instanceof OneHot ? text : number));
        row.put("y", number);
        return row;
    }

    private static Model<Regressor> withWeights(
            Model<Regressor> trained, Map<String, Double> weights, double intercept) {
        int features = trained.getFeatureIDMap().size();
        ByteBuffer values = ByteBuffer.allocate((features + 1) * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        weights.forEach(
                (name, weight) -> values.putDouble(trained.getFeatureIDMap().getID(name) * Double.BYTES, weight));
        values.putDouble(features * Double.BYTES, intercept);
        DenseTensorProto tensor = DenseTensorProto.newBuilder()
                .addDimensions(1)
                .addDimensions(features + 1)
                .setValues(ByteString.copyFrom(values.array()))
                .build();
        try {
            ModelProto model = trained.serialize();
            var linear = model.getSerializedData().unpack(RegressionLinearSGDProto.class);
            var parameters = linear.getParams().getSerializedData().unpack(LinearParametersProto.class);
            var matrix = parameters.getWeightMatrix().toBuilder().setSerializedData(Any.pack(tensor));
            var changed = linear.getParams().toBuilder()
                    .setSerializedData(Any.pack(
                            parameters.toBuilder().setWeightMatrix(matrix).build()));
            return TribuoModelFile.open(
                    model.toBuilder()
                            .setSerializedData(Any.pack(
                                    linear.toBuilder().setParams(changed).build()))
                            .build()
                            .toByteArray(),
                    Regressor.class);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
