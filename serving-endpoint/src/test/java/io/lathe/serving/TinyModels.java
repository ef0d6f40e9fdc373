package io.lathe.serving;

import io.lathe.models.features.Features;
import io.lathe.models.features.FittedFeatures;
import io.lathe.models.features.RowSource;
import io.lathe.models.publish.BuiltBundle;
import io.lathe.models.publish.BundleBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tribuo.classification.Label;
import org.tribuo.classification.sgd.linear.LogisticRegressionTrainer;

/**
 * Two small models with one contract and opposite answers: {@link #RISING} says {@code high} where {@code x} is positive,
 * {@link #FALLING} where it is negative. Trained once for all tests.
 */
final class TinyModels {

    /** A whole number beyond 2^53, where doubles have gaps. */
    static final long EXACT = 9_007_199_254_740_993L;

    static final BuiltBundle RISING = bundle("high", "low");
    static final BuiltBundle FALLING = bundle("low", "high");

    private TinyModels() {}

    /** A row every contract here accepts, as JSON. */
    static String row(double x) {
        return "{\"x\":" + x + ",\"amount\":2,\"colour\":\"red\",\"code\":7,\"member\":true,\"grade\":\"a\"}";
    }

    static String instances(String... rows) {
        return "{\"instances\":[" + String.join(",", rows) + "]}";
    }

    static String id(BuiltBundle bundle) {
        return bundle.bundle().id().sha256();
    }

    private static BuiltBundle bundle(String whenPositive, String whenNegative) {
        RowSource rows = RowSource.of(rows(whenPositive, whenNegative));
        FittedFeatures<Label> features = Features.classify("level")
                .numeric("x", "amount")
                .categorical("colour", "code", "grade")
                .flag("member")
                .impute("grade")
                .fit(rows);
        var model = new LogisticRegressionTrainer().train(features.dataset(rows, Optional.of("tiny@v1")));
        return BundleBuilder.of(model)
                .named("tiny")
                .evaluatedOn("tiny@v1", rows)
                .build(Instant.EPOCH);
    }

    private static List<Map<String, @Nullable Object>> rows(String whenPositive, String whenNegative) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = -50; i < 50; i++) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("x", i + 0.5);
            row.put("amount", (double) (i % 7));
            row.put("colour", i % 2 == 0 ? "red" : "blue");
            row.put("code", i % 3 == 0 ? EXACT : 7L);
            row.put("grade", i % 5 == 0 ? null : i % 2 == 0 ? "a" : "NA");
            row.put("member", i % 4 == 0);
            row.put("level", i >= 0 ? whenPositive : whenNegative);
            rows.add(row);
        }
        return rows;
    }
}
