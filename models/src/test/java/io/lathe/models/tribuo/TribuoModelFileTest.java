package io.lathe.models.tribuo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.ListProvenanceProto;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.RootProvenanceProto;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.SimpleProvenanceProto;
import com.oracle.labs.mlrg.olcut.provenance.primitives.EnumProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.URLProvenance;
import io.lathe.datasets.problem.LatheException;
import io.lathe.models.SampleModels;
import io.lathe.models.features.FittedFeatures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tribuo.Model;
import org.tribuo.Prediction;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.baseline.DummyClassifierTrainer;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.ensemble.AdaBoostTrainer;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.classification.sgd.fm.FMClassificationTrainer;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.linear.LogisticRegressionTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.classification.sgd.protos.ClassificationLinearSGDProto;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.ensemble.BaggingTrainer;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.math.optimisers.SGD;
import org.tribuo.math.protos.DenseTensorProto;
import org.tribuo.math.protos.LinearParametersProto;
import org.tribuo.math.protos.TensorProto;
import org.tribuo.protos.core.ModelDataProto;
import org.tribuo.protos.core.ModelProto;

class TribuoModelFileTest {
    static List<Trainer<Label>> trainers() {
        var tree = new CARTClassificationTrainer(6);
        var splitting = new CARTClassificationTrainer(6, 0.5f, 7L);
        return List.of(
                new LogisticRegressionTrainer(),
                new LinearSGDTrainer(new LogMulticlass(), SGD.getLinearDecaySGD(0.1), 3, Trainer.DEFAULT_SEED),
                new FMClassificationTrainer(new LogMulticlass(), new AdaGrad(0.1), 2, Trainer.DEFAULT_SEED, 3, 0.1),
                tree,
                new RandomForestTrainer<>(splitting, new VotingCombiner(), 4),
                new BaggingTrainer<>(tree, new VotingCombiner(), 3),
                new AdaBoostTrainer(tree, 3),
                DummyClassifierTrainer.createMostFrequentTrainer());
    }

    @ParameterizedTest
    @MethodSource("trainers")
    void aModelReadsBackAndPredictsTheSame(Trainer<Label> trainer) {
        Model<Label> model = SampleModels.train(SampleModels.features(), SampleModels.trainingRows(), trainer);

        Model<Label> opened = TribuoModelFile.open(TribuoModelFile.write(model), Label.class);

        FittedFeatures<Label> features = FittedFeatures.of(opened).orElseThrow();
        assertThat(features).isEqualTo(FittedFeatures.of(model).orElseThrow());
        for (Map<String, @Nullable Object> row : SampleModels.evaluationRows()) {
            var before = model.predict(features.example(row));
            var after = opened.predict(features.example(row));
            assertThat(after.getOutput().getLabel())
                    .isEqualTo(before.getOutput().getLabel());
            assertThat(scores(after)).isEqualTo(scores(before));
        }
    }

    @Test
    void aForeignClassAtTheTopIsRefusedAndNeverLoaded() {
        byte[] file = changed(model ->
                model.toBuilder().setClassName(Landmine.class.getName()).build());

        assertRefused(file, "TribuoModelFileTest$Landmine");
        assertThat(System.getProperty("lathe.test.landmine")).isNull();
    }

    @Test
    void aForeignClassInsideIsRefusedAndNeverLoaded() {
        byte[] file = changedLinear(linear -> linear.toBuilder()
                .setParams(linear.getParams().toBuilder().setClassName(Landmine.class.getName()))
                .build());

        assertRefused(file, "TribuoModelFileTest$Landmine");
        assertThat(System.getProperty("lathe.test.landmine")).isNull();
    }

    @Test
    void aForeignClassInTheProvenanceIsRefusedAndNeverLoaded() {
        byte[] object = changedProvenance(provenance -> provenance.toBuilder()
                .setOmp(0, provenance.getOmp(0).toBuilder().setProvenanceClassName(Landmine.class.getName()))
                .build());
        byte[] value = changedFirstValue(first -> first.setProvenanceClassName(Landmine.class.getName()));
        byte[] constant = changedFirstValue(first ->
                first.setProvenanceClassName(EnumProvenance.class.getName()).setAdditional(Landmine.class.getName()));

        for (byte[] file : List.of(object, value, constant)) {
            assertRefused(file, "TribuoModelFileTest$Landmine");
        }
        assertThat(System.getProperty("lathe.test.landmine")).isNull();
    }

    @Test
    void classesThatReadJavaSerializationOrAddressesAreRefusedByName() {
        for (String name : List.of(
                "org.tribuo.classification.liblinear.LibLinearClassificationModel",
                "org.tribuo.classification.libsvm.LibSVMClassificationModel",
                "org.tribuo.interop.oci.OCIModel",
                "org.tribuo.interop.onnx.ONNXExternalModel",
                "org.tribuo.classification.xgboost.XGBoostClassificationFeatureImportance",
                "java.lang.Runtime",
                "[Ljava.lang.Object;",
                "")) {
            assertRefused(changed(model -> model.toBuilder().setClassName(name).build()), "names the class");
        }
    }

    @Test
    void urlsInTheProvenanceAreRefused() {
        byte[] file = changedFirstValue(first ->
                first.setProvenanceClassName(URLProvenance.class.getName()).setValue("http://example.org/"));

        assertRefused(file, "URLProvenance");
    }

    @Test
    void aPartOfAnAllowedClassInTheWrongPlaceIsRefused() {
        byte[] file = changedLinear(linear -> linear.toBuilder()
                .setParams(linear.getParams().toBuilder().setClassName("org.tribuo.math.la.DenseMatrix"))
                .build());

        assertRefused(file, "DenseMatrix");
    }

    @Test
    void dataOfAnotherClassOrUnknownFieldsAreRefused() {
        byte[] otherData = changed(model -> model.toBuilder()
                .setSerializedData(Any.pack(RootProvenanceProto.getDefaultInstance()))
                .build());
        byte[] hidden = changedLinear(linear -> linear.toBuilder()
                .setNormalizer(linear.getNormalizer().toBuilder()
                        .setSerializedData(Any.pack(RootProvenanceProto.getDefaultInstance())))
                .build());
        byte[] unknown = changedLinear(linear -> linear.toBuilder()
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                99,
                                UnknownFieldSet.Field.newBuilder()
                                        .addLengthDelimited(ByteString.copyFromUtf8("x"))
                                        .build())
                        .build())
                .build());

        assertRefused(otherData, "does not carry the data of that class");
        assertRefused(hidden, "carries data it should not have");
        assertRefused(unknown, "fields that are not known");
    }

    @Test
    void aTensorThatClaimsMoreThanItHoldsIsRefusedBeforeItIsAllocated() {
        DenseTensorProto claim = DenseTensorProto.newBuilder()
                .addDimensions(1 << 16)
                .addDimensions(1 << 16)
                .build();
        byte[] file = changedLinear(linear -> {
            TensorProto tensor = TensorProto.newBuilder()
                    .setClassName(DenseMatrix.class.getName())
                    .setSerializedData(Any.pack(claim))
                    .build();
            return linear.toBuilder()
                    .setParams(linear.getParams().toBuilder()
                            .setSerializedData(Any.pack(LinearParametersProto.newBuilder()
                                    .setWeightMatrix(tensor)
                                    .build())))
                    .build();
        });

        assertRefused(file, "dimensions that don't fit");
    }

    @Test
    void provenanceThatPointsInCirclesIsRefused() {
        byte[] listOfItself = changedProvenance(provenance -> {
            int next = provenance.getOmpCount()
                    + provenance.getSmpCount()
                    + provenance.getMmpCount()
                    + provenance.getLmpCount();
            return provenance.toBuilder()
                    .addLmp(ListProvenanceProto.newBuilder().setIndex(next).addValues(next))
                    .build();
        });
        byte[] sharedByTwo = changedProvenance(provenance -> {
            int next = provenance.getOmpCount()
                    + provenance.getSmpCount()
                    + provenance.getMmpCount()
                    + provenance.getLmpCount();
            return provenance.toBuilder()
                    .addLmp(ListProvenanceProto.newBuilder()
                            .setIndex(next)
                            .addValues(next + 1)
                            .addValues(next + 1))
                    .addLmp(ListProvenanceProto.newBuilder().setIndex(next + 1))
                    .build();
        });
        byte[] objectOfItself = changedProvenance(provenance -> {
            RootProvenanceProto.Builder changed = provenance.toBuilder();
            for (SimpleProvenanceProto.Builder value : changed.getSmpBuilderList()) {
                if (value.getIsReference()) {
                    value.setValue(provenance.getOmp(0).getObjectName());
                }
            }
            return changed.build();
        });

        for (byte[] file : List.of(listOfItself, sharedByTwo, objectOfItself)) {
            assertRefused(file, "points in circles");
        }
    }

    @Test
    void aFileCutAnywhereIsRefused() {
        byte[] file = TribuoModelFile.write(SampleModels.good());

        for (int length = 0; length < file.length; length += 1 + file.length / 97) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> TribuoModelFile.open(cut, Label.class)).isInstanceOf(LatheException.class);
        }
    }

    @Test
    void aFlippedByteNeverEscapesAsAnotherException() {
        byte[] file = TribuoModelFile.write(SampleModels.good());

        for (int at = 0; at < file.length; at += 13) {
            byte[] flipped = file.clone();
            flipped[at] ^= (byte) (1 << (at % 8));
            try {
                TribuoModelFile.open(flipped, Label.class);
            } catch (LatheException e) {
                assertThat(e).hasMessageContaining("model file");
            }
        }
    }

    @Test
    void lengthsBeyondTheFileAreRefusedWithoutAllocating() {
        byte[] huge = {0x1a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07, 1, 2, 3};

        assertThatThrownBy(() -> TribuoModelFile.open(huge, Label.class)).isInstanceOf(LatheException.class);
    }

    @Test
    void javaSerializationIsRefused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(SampleModels.good());
        }

        assertThatThrownBy(() -> TribuoModelFile.open(bytes.toByteArray(), Label.class))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("not a Tribuo model in protobuf form");
    }

    @Test
    void aFileBeyondTheCapIsRefused() {
        assertThatThrownBy(() -> TribuoModelFile.open(new byte[TribuoModelFile.MAX_BYTES + 1], Label.class))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("at most");
    }

    /** A class that would leave a mark if anybody loaded it. */
    static final class Landmine {
        static {
            System.setProperty("lathe.test.landmine", "stepped on");
        }

        private Landmine() {}
    }

    private static Map<String, Double> scores(Prediction<Label> prediction) {
        Map<String, Double> scores = new TreeMap<>();
        prediction.getOutputScores().forEach((label, score) -> scores.put(label, score.getScore()));
        return scores;
    }

    private static void assertRefused(byte[] file, String naming) {
        assertThatThrownBy(() -> TribuoModelFile.open(file, Label.class))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("refused")
                .hasMessageContaining(naming);
    }

    private static byte[] changed(Function<ModelProto, ModelProto> change) {
        return change.apply(SampleModels.good().serialize()).toByteArray();
    }

    private static byte[] changedLinear(Function<ClassificationLinearSGDProto, ClassificationLinearSGDProto> change) {
        return changed(model -> {
            try {
                ClassificationLinearSGDProto linear =
                        model.getSerializedData().unpack(ClassificationLinearSGDProto.class);
                return model.toBuilder()
                        .setSerializedData(Any.pack(change.apply(linear)))
                        .build();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static byte[] changedProvenance(Function<RootProvenanceProto, RootProvenanceProto> change) {
        return changedLinear(linear -> {
            ModelDataProto metadata = linear.getMetadata();
            return linear.toBuilder()
                    .setMetadata(metadata.toBuilder().setProvenance(change.apply(metadata.getProvenance())))
                    .build();
        });
    }

    private static byte[] changedFirstValue(Consumer<SimpleProvenanceProto.Builder> change) {
        return changedProvenance(provenance -> {
            RootProvenanceProto.Builder changed = provenance.toBuilder();
            SimpleProvenanceProto.Builder value = changed.getSmpBuilderList().stream()
                    .filter(each -> !each.getIsReference())
                    .findFirst()
                    .orElseThrow();
            change.accept(value);
            return changed.build();
        });
    }
}
