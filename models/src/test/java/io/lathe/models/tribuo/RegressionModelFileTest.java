package io.lathe.models.tribuo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.lathe.datasets.problem.LatheException;
import io.lathe.models.SampleModels;
import io.lathe.models.SampleRegressions;
import io.lathe.models.features.FittedFeatures;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tribuo.Model;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.common.tree.AbstractCARTTrainer;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.ensemble.BaggingTrainer;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.math.protos.SparseTensorProto;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.baseline.DummyRegressionTrainer;
import org.tribuo.regression.ensemble.AveragingCombiner;
import org.tribuo.regression.rtree.CARTJointRegressionTrainer;
import org.tribuo.regression.rtree.CARTRegressionTrainer;
import org.tribuo.regression.rtree.impurity.MeanSquaredError;
import org.tribuo.regression.sgd.fm.FMRegressionTrainer;
import org.tribuo.regression.sgd.linear.LinearSGDTrainer;
import org.tribuo.regression.sgd.objectives.Huber;
import org.tribuo.regression.sgd.objectives.SquaredLoss;
import org.tribuo.regression.slm.ElasticNetCDTrainer;
import org.tribuo.regression.slm.LARSLassoTrainer;
import org.tribuo.regression.slm.LARSTrainer;
import org.tribuo.regression.slm.protos.SparseLinearModelProto;

class RegressionModelFileTest {
    static List<Trainer<Regressor>> trainers() {
        var tree = new CARTRegressionTrainer(6);
        var splitting = new CARTRegressionTrainer(
                6, AbstractCARTTrainer.MIN_EXAMPLES, 0f, 0.5f, false, new MeanSquaredError(), 7L);
        return List.of(
                new LinearSGDTrainer(new SquaredLoss(), new AdaGrad(0.1), 5, Trainer.DEFAULT_SEED),
                new LinearSGDTrainer(new Huber(), new AdaGrad(0.1), 5, Trainer.DEFAULT_SEED),
                new FMRegressionTrainer(
                        new SquaredLoss(), new AdaGrad(0.01), 2, 1000, 1, Trainer.DEFAULT_SEED, 3, 0.1, true),
                tree,
                new CARTJointRegressionTrainer(6),
                new RandomForestTrainer<>(splitting, new AveragingCombiner(), 4),
                new BaggingTrainer<>(tree, new AveragingCombiner(), 3),
                new ElasticNetCDTrainer(0.5, 0.5),
                new LARSTrainer(4),
                new LARSLassoTrainer(4),
                DummyRegressionTrainer.createMeanTrainer(),
                DummyRegressionTrainer.createMedianTrainer());
    }

    @ParameterizedTest
    @MethodSource("trainers")
    void aModelReadsBackAndPredictsTheSame(Trainer<Regressor> trainer) {
        Model<Regressor> model = SampleRegressions.train(trainer);

        Model<Regressor> opened = TribuoModelFile.open(TribuoModelFile.write(model), Regressor.class);

        FittedFeatures<Regressor> features = FittedFeatures.of(opened).orElseThrow();
        assertThat(features).isEqualTo(FittedFeatures.of(model).orElseThrow());
        for (Map<String, @Nullable Object> row : SampleModels.evaluationRows()) {
            assertThat(opened.predict(features.example(row)).getOutput().getValues())
                    .isEqualTo(model.predict(features.example(row)).getOutput().getValues());
        }
    }

    @Test
    void aRegressionIsNoClassifierAndTheOtherWayRound() {
        byte[] numbers = TribuoModelFile.write(SampleRegressions.good());
        byte[] labels = TribuoModelFile.write(SampleModels.good());

        assertThatThrownBy(() -> TribuoModelFile.open(numbers, Label.class))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("answers a Label");
        assertThatThrownBy(() -> TribuoModelFile.open(labels, Regressor.class))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("answers a Regressor");
    }

    @Test
    void aSparseVectorThatClaimsMoreThanItHoldsIsRefusedBeforeItIsAllocated() throws IOException {
        ModelProto file =
                SampleRegressions.train(new ElasticNetCDTrainer(0.5, 0.5)).serialize();
        SparseLinearModelProto linear = file.getSerializedData().unpack(SparseLinearModelProto.class);
        for (SparseTensorProto claim : List.of(
                SparseTensorProto.newBuilder()
                        .addDimensions(Integer.MAX_VALUE)
                        .setNumNonZero(Integer.MAX_VALUE)
                        .build(),
                SparseTensorProto.newBuilder()
                        .addDimensions(4)
                        .setNumNonZero(-1)
                        .build(),
                SparseTensorProto.newBuilder()
                        .addDimensions(1)
                        .setNumNonZero(2)
                        .setIndices(ByteString.copyFrom(new byte[8]))
                        .setValues(ByteString.copyFrom(new byte[16]))
                        .build())) {
            byte[] changed = file.toBuilder()
                    .setSerializedData(Any.pack(linear.toBuilder()
                            .setWeights(0, linear.getWeights(0).toBuilder().setSerializedData(Any.pack(claim)))
                            .build()))
                    .build()
                    .toByteArray();

            assertThatThrownBy(() -> TribuoModelFile.open(changed, Regressor.class))
                    .isInstanceOf(LatheException.class)
                    .hasMessageContaining("dimensions that don't fit");
        }
    }
}
