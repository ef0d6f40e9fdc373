package io.lathe.models;

import io.lathe.models.features.Features;
import io.lathe.models.features.FittedFeatures;
import io.lathe.models.features.RowSource;
import io.lathe.models.publish.BuiltBundle;
import io.lathe.models.publish.BundleBuilder;
import java.util.Optional;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Trainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.baseline.DummyRegressionTrainer;
import org.tribuo.regression.rtree.CARTRegressionTrainer;

/** Small regressions of the body mass in {@link SampleModels}' rows. */
public final class SampleRegressions {
    public static final String RESPONSE = "body_mass_g";

    private SampleRegressions() {}

    public static Features<Regressor> features() {
        return Features.regress(RESPONSE)
                .numeric("bill_length_mm", "bill_depth_mm", "flipper_length_mm")
                .categorical("island", "sex");
    }

    public static Model<Regressor> train(Trainer<Regressor> trainer) {
        RowSource rows = RowSource.of(SampleModels.trainingRows());
        FittedFeatures<Regressor> fitted = features().fit(rows);
        return trainer.train(fitted.dataset(rows, Optional.of("penguins@v1")));
    }

    /** A tree that is better than the mean. */
    public static Model<Regressor> good() {
        return train(new CARTRegressionTrainer(3));
    }

    /** Always the mean of the training rows. */
    public static Model<Regressor> mean() {
        return train(DummyRegressionTrainer.createMeanTrainer());
    }

    public static byte[] goodBundle(String modelName) {
        return bundle(modelName, good()).zip();
    }

    public static byte[] meanBundle(String modelName) {
        return bundle(modelName, mean()).zip();
    }

    /** The bundle of {@code model}, evaluated on {@link SampleModels#evaluationRows}. */
    public static BuiltBundle bundle(String modelName, Model<Regressor> model) {
        return BundleBuilder.of(model)
                .named(modelName)
                .evaluatedOn(SampleModels.EVALUATED_ON, RowSource.of(SampleModels.evaluationRows()))
                .build(SampleModels.CREATED_AT);
    }

    /** A model that answers two numbers at once. */
    public static Model<Regressor> ofTwoNumbers() {
        RegressionFactory factory = new RegressionFactory();
        MutableDataset<Regressor> dataset =
                new MutableDataset<>(new SimpleDataSourceProvenance("two numbers", factory), factory);
        for (int i = 0; i < 10; i++) {
            Regressor answer = new Regressor(new String[] {"length", "width"}, new double[] {i, 2.0 * i});
            dataset.add(new ArrayExample<>(answer, new String[] {"x"}, new double[] {i}));
        }
        return new CARTRegressionTrainer(2).train(dataset);
    }
}
