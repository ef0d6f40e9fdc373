package io.lathe.models.tribuo;

import com.google.protobuf.Message;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import com.oracle.labs.mlrg.olcut.provenance.impl.NullConfiguredProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.BooleanProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.ByteProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.CharProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.DateProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.DateTimeProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.DoubleProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.FloatProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.HashProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.IntProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.LongProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.ShortProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.TimeProvenance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tribuo.CategoricalIDInfo;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.RealIDInfo;
import org.tribuo.classification.ImmutableLabelInfo;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.baseline.DummyClassifierModel;
import org.tribuo.classification.baseline.DummyClassifierTrainer;
import org.tribuo.classification.ensemble.FullyWeightedVotingCombiner;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.classification.protos.DummyClassifierModelProto;
import org.tribuo.classification.protos.ImmutableLabelInfoProto;
import org.tribuo.classification.protos.LabelProto;
import org.tribuo.classification.sgd.fm.FMClassificationModel;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.protos.ClassificationLinearSGDProto;
import org.tribuo.classification.sgd.protos.FMClassificationModelProto;
import org.tribuo.common.sgd.FMParameters;
import org.tribuo.common.sgd.protos.FMParametersProto;
import org.tribuo.common.tree.LeafNode;
import org.tribuo.common.tree.SplitNode;
import org.tribuo.common.tree.TreeModel;
import org.tribuo.common.tree.protos.LeafNodeProto;
import org.tribuo.common.tree.protos.SplitNodeProto;
import org.tribuo.common.tree.protos.TreeModelProto;
import org.tribuo.common.tree.protos.TreeNodeProto;
import org.tribuo.dataset.DatasetView;
import org.tribuo.ensemble.WeightedEnsembleModel;
import org.tribuo.evaluation.TrainTestSplitter;
import org.tribuo.math.LinearParameters;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.la.DenseVector;
import org.tribuo.math.la.SparseVector;
import org.tribuo.math.optimisers.SGD;
import org.tribuo.math.protos.DenseTensorProto;
import org.tribuo.math.protos.LinearParametersProto;
import org.tribuo.math.protos.NormalizerProto;
import org.tribuo.math.protos.ParametersProto;
import org.tribuo.math.protos.SparseTensorProto;
import org.tribuo.math.protos.TensorProto;
import org.tribuo.math.util.ExpNormalizer;
import org.tribuo.math.util.NoopNormalizer;
import org.tribuo.math.util.Normalizer;
import org.tribuo.math.util.SigmoidNormalizer;
import org.tribuo.protos.core.CategoricalIDInfoProto;
import org.tribuo.protos.core.EnsembleCombinerProto;
import org.tribuo.protos.core.FeatureDomainProto;
import org.tribuo.protos.core.ImmutableFeatureMapProto;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.protos.core.OutputDomainProto;
import org.tribuo.protos.core.OutputProto;
import org.tribuo.protos.core.RealIDInfoProto;
import org.tribuo.protos.core.VariableInfoProto;
import org.tribuo.protos.core.WeightedEnsembleModelProto;
import org.tribuo.provenance.DatasetProvenance;
import org.tribuo.provenance.EnsembleModelProvenance;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.provenance.impl.TimestampedTrainerProvenance;
import org.tribuo.provenance.impl.TrainerProvenanceImpl;
import org.tribuo.regression.ImmutableRegressionInfo;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.baseline.DummyRegressionModel;
import org.tribuo.regression.baseline.DummyRegressionTrainer;
import org.tribuo.regression.ensemble.AveragingCombiner;
import org.tribuo.regression.protos.DimensionTupleProto;
import org.tribuo.regression.protos.DummyRegressionModelProto;
import org.tribuo.regression.protos.ImmutableRegressionInfoProto;
import org.tribuo.regression.protos.RegressorProto;
import org.tribuo.regression.rtree.IndependentRegressionTreeModel;
import org.tribuo.regression.rtree.protos.IndependentRegressionTreeModelProto;
import org.tribuo.regression.sgd.fm.FMRegressionModel;
import org.tribuo.regression.sgd.protos.FMRegressionModelProto;
import org.tribuo.regression.sgd.protos.RegressionLinearSGDProto;
import org.tribuo.regression.slm.SparseLinearModel;
import org.tribuo.regression.slm.protos.SparseLinearModelProto;

/**
 * Every class a model file may name, one by one, with the kind of part it may be and the data it writes. Left out on purpose:
 * LibLinear (its model file holds Java serialization), LibSVM, XGBoost, TensorFlow and ONNX (native parsers), OCI (calls an
 * address from the file), and provenance of files and URLs (comparing a URL looks up its host).
 */
final class AllowedClasses {
    /**
     * One class.
     *
     * @param kind the full name of the message that may name it, such as {@code tribuo.core.ModelProto}
     * @param payloads the kinds of data it may write, one of them in a file; empty for a class without any
     */
    record Entry(String kind, List<Message> payloads) {}

    private static final Map<String, Entry> PARTS = parts();

    private static final Set<String> OBJECT_PROVENANCES = names(
            ModelProvenance.class,
            EnsembleModelProvenance.class,
            DatasetProvenance.class,
            DatasetView.DatasetViewProvenance.class,
            SimpleDataSourceProvenance.class,
            TrainTestSplitter.SplitDataSourceProvenance.class,
            LabelFactory.LabelFactoryProvenance.class,
            RegressionFactory.RegressionFactoryProvenance.class,
            TrainerProvenanceImpl.class,
            TimestampedTrainerProvenance.class,
            ConfiguredObjectProvenanceImpl.class,
            NullConfiguredProvenance.class);

    private static final Set<String> VALUE_PROVENANCES = names(
            BooleanProvenance.class,
            ByteProvenance.class,
            CharProvenance.class,
            DateProvenance.class,
            DateTimeProvenance.class,
            DoubleProvenance.class,
            FloatProvenance.class,
            HashProvenance.class,
            IntProvenance.class,
            LongProvenance.class,
            ShortProvenance.class,
            StringProvenance.class,
            TimeProvenance.class);

    private static final Set<String> ENUMS =
            names(DummyClassifierTrainer.DummyType.class, DummyRegressionTrainer.DummyType.class, SGD.Momentum.class);

    private AllowedClasses() {}

    static boolean isModel(String className) {
        return find(className, kind(ModelProto.getDefaultInstance())).isPresent();
    }

    static Optional<Entry> find(String className, String kind) {
        return Optional.ofNullable(PARTS.get(className))
                .filter(entry -> entry.kind().equals(kind));
    }

    static boolean isObjectProvenance(String className) {
        return OBJECT_PROVENANCES.contains(className);
    }

    static boolean isValueProvenance(String className) {
        return VALUE_PROVENANCES.contains(className);
    }

    static boolean isEnum(String className) {
        return ENUMS.contains(className);
    }

    private static Map<String, Entry> parts() {
        Map<String, Entry> parts = new HashMap<>();
        Message model = ModelProto.getDefaultInstance();
        allow(parts, model, LinearSGDModel.class, ClassificationLinearSGDProto.getDefaultInstance());
        allow(parts, model, FMClassificationModel.class, FMClassificationModelProto.getDefaultInstance());
        allow(parts, model, TreeModel.class, TreeModelProto.getDefaultInstance());
        allow(parts, model, WeightedEnsembleModel.class, WeightedEnsembleModelProto.getDefaultInstance());
        allow(parts, model, DummyClassifierModel.class, DummyClassifierModelProto.getDefaultInstance());

        allow(
                parts,
                model,
                org.tribuo.regression.sgd.linear.LinearSGDModel.class,
                RegressionLinearSGDProto.getDefaultInstance());
        allow(parts, model, FMRegressionModel.class, FMRegressionModelProto.getDefaultInstance());
        allow(
                parts,
                model,
                IndependentRegressionTreeModel.class,
                IndependentRegressionTreeModelProto.getDefaultInstance());
        allow(parts, model, SparseLinearModel.class, SparseLinearModelProto.getDefaultInstance());
        allow(parts, model, DummyRegressionModel.class, DummyRegressionModelProto.getDefaultInstance());

        Message features = FeatureDomainProto.getDefaultInstance();
        allow(parts, features, ImmutableFeatureMap.class, ImmutableFeatureMapProto.getDefaultInstance());
        Message feature = VariableInfoProto.getDefaultInstance();
        allow(parts, feature, RealIDInfo.class, RealIDInfoProto.getDefaultInstance());
        allow(parts, feature, CategoricalIDInfo.class, CategoricalIDInfoProto.getDefaultInstance());

        Message outputs = OutputDomainProto.getDefaultInstance();
        allow(parts, outputs, ImmutableLabelInfo.class, ImmutableLabelInfoProto.getDefaultInstance());
        allow(parts, outputs, ImmutableRegressionInfo.class, ImmutableRegressionInfoProto.getDefaultInstance());
        Message output = OutputProto.getDefaultInstance();
        allow(parts, output, Label.class, LabelProto.getDefaultInstance());
        allow(parts, output, Regressor.class, RegressorProto.getDefaultInstance());
        allow(parts, output, Regressor.DimensionTuple.class, DimensionTupleProto.getDefaultInstance());

        Message parameters = ParametersProto.getDefaultInstance();
        allow(parts, parameters, LinearParameters.class, LinearParametersProto.getDefaultInstance());
        allow(parts, parameters, FMParameters.class, FMParametersProto.getDefaultInstance());
        Message tensor = TensorProto.getDefaultInstance();
        allow(parts, tensor, DenseMatrix.class, DenseTensorProto.getDefaultInstance());
        allow(parts, tensor, DenseVector.class, DenseTensorProto.getDefaultInstance());
        allow(parts, tensor, SparseVector.class, SparseTensorProto.getDefaultInstance());
        Message normalizer = NormalizerProto.getDefaultInstance();
        allow(parts, normalizer, ExpNormalizer.class);
        allow(parts, normalizer, SigmoidNormalizer.class);
        allow(parts, normalizer, Normalizer.class);
        allow(parts, normalizer, NoopNormalizer.class);

        Message node = TreeNodeProto.getDefaultInstance();
        allow(parts, node, SplitNode.class, SplitNodeProto.getDefaultInstance());
        // Tribuo 4.3 writes the name of the leaf's class on both kinds of node.
        allow(parts, node, LeafNode.class, LeafNodeProto.getDefaultInstance(), SplitNodeProto.getDefaultInstance());
        Message combiner = EnsembleCombinerProto.getDefaultInstance();
        allow(parts, combiner, VotingCombiner.class);
        allow(parts, combiner, FullyWeightedVotingCombiner.class);
        allow(parts, combiner, AveragingCombiner.class);
        return Map.copyOf(parts);
    }

    private static void allow(Map<String, Entry> parts, Message kind, Class<?> allowed, Message... payloads) {
        parts.put(allowed.getName(), new Entry(kind(kind), List.of(payloads)));
    }

    private static String kind(Message message) {
        return message.getDescriptorForType().getFullName();
    }

    private static Set<String> names(Class<?>... classes) {
        return Stream.of(classes).map(Class::getName).collect(Collectors.toUnmodifiableSet());
    }
}
