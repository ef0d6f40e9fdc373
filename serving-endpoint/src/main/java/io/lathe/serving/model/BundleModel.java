package io.lathe.serving.model;

import io.lathe.datasets.schema.Schema;
import io.lathe.models.ModelKind;
import io.lathe.models.bundle.Bundle;
import io.lathe.models.bundle.Samples;
import io.lathe.models.predict.Predictor;
import io.lathe.models.predict.RowPrediction;
import io.lathe.models.predict.SampleCheck;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model out of a verified bundle. */
public final class BundleModel implements ServedModel {

    private static final int WARM_UP_PREDICTIONS = 2_000;
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(5);

    private final Predictor predictor;
    private final Schema contract;

    private BundleModel(Predictor predictor) {
        this.predictor = predictor;
        this.contract = predictor.contract().forEnvironment(Schema.SERVING);
    }

    /**
     * Loads the model, checks that it still answers its samples as when it was published, and answers them until its code is
     * warm or 5 seconds are over (a model slow enough for that must not miss its deadline by the warm-up), so that the first request is as fast as the next. Throws LatheException when the bundle is at fault.
     */
    public static BundleModel load(Bundle bundle) {
        BundleModel model = new BundleModel(Predictor.load(bundle));
        SampleCheck.check(model.predictor, bundle.samples());
        List<Map<String, @Nullable Object>> rows =
                bundle.samples().samples().stream().map(Samples.Sample::row).toList();
        long end = System.nanoTime() + LONGEST_WARM_UP.toNanos();
        for (int done = 0; done < WARM_UP_PREDICTIONS && System.nanoTime() - end < 0; done += rows.size()) {
            model.predict(rows);
        }
        return model;
    }

    @Override
    public Schema contract() {
        return contract;
    }

    @Override
    public ModelKind kind() {
        return predictor.kind();
    }

    @Override
    public List<String> labels() {
        return predictor.labels();
    }

    @Override
    public List<RowPrediction> predict(List<Map<String, @Nullable Object>> rows) {
        return predictor.predict(rows);
    }

    @Override
    public void close() {
        predictor.close();
    }
}
