package io.lathe.models;

import io.lathe.datasets.read.CsvWriter;
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
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.tribuo.Model;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.math.optimisers.AdaGrad;

/**
 * Small models of penguin-like rows for tests: always the same rows, models and bundles. The rows are made up; their means are
 * like those of the Palmer penguins.
 */
public final class SampleModels {
    /** The label order of every model here. */
    public static final List<String> LABELS = List.of("Adelie", "Chinstrap", "Gentoo");

    public static final String RESPONSE = "species";
    public static final String EVALUATED_ON = "penguins-test@v1";
    public static final Instant CREATED_AT = Instant.parse("2026-11-25T00:00:00Z");

    private static final List<String> ISLANDS = List.of("Biscoe", "Dream", "Torgersen");

    private SampleModels() {}

    /** Labelled training rows. */
    public static List<Map<String, @Nullable Object>> trainingRows() {
        return rows(240, 1);
    }

    /** Labelled rows no model was trained on. */
    public static List<Map<String, @Nullable Object>> evaluationRows() {
        return rows(60, 2);
    }

    /** One raw row without a label, a plain Gentoo. */
    public static Map<String, @Nullable Object> gentoo() {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("island", "Biscoe");
        row.put("bill_length_mm", 47.5);
        row.put("bill_depth_mm", 15.0);
        row.put("flipper_length_mm", 217L);
        row.put("body_mass_g", 5076L);
        row.put("sex", "male");
        return row;
    }

    /** The evaluation rows as a CSV file. */
    public static byte[] evaluationCsv() {
        return csv(evaluationRows());
    }

    public static byte[] csv(List<Map<String, @Nullable Object>> rows) {
        List<String> header = List.copyOf(rows.getFirst().keySet());
        List<List<@Nullable Object>> cells = new ArrayList<>();
        for (Map<String, @Nullable Object> row : rows) {
            List<@Nullable Object> values = new ArrayList<>();
            header.forEach(column -> values.add(row.get(column)));
            cells.add(values);
        }
        return CsvWriter.write(header, cells);
    }

    /** All features, required. */
    public static Features<Label> features() {
        return Features.classify(RESPONSE)
                .numeric("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g")
                .categorical("island", "sex");
    }

    /** A model that gets nearly every row right. */
    public static Model<Label> good() {
        return train(features(), trainingRows(), logistic());
    }

    /** A model that sees one weak feature only: worse than {@link #good}, better than none. */
    public static Model<Label> fair() {
        return train(Features.classify(RESPONSE).numeric("bill_length_mm"), trainingRows(), logistic());
    }

    /** A model that learnt the labels in a wrong order: worse than always answering the most frequent label. */
    public static Model<Label> bad() {
        List<Map<String, @Nullable Object>> wrong = trainingRows();
        wrong.forEach(row -> row.compute(
                RESPONSE, (column, label) -> LABELS.get((LABELS.indexOf(String.valueOf(label)) + 1) % LABELS.size())));
        return train(features(), wrong, logistic());
    }

    public static byte[] goodBundle(String modelName) {
        return bundle(modelName, good()).zip();
    }

    /** As good as the other one, and another bundle for each number. */
    public static byte[] goodBundle(String modelName, int number) {
        return bundle(modelName, good(), CREATED_AT.plusSeconds(number)).zip();
    }

    public static byte[] fairBundle(String modelName) {
        return bundle(modelName, fair()).zip();
    }

    public static byte[] badBundle(String modelName) {
        return bundle(modelName, bad()).zip();
    }

    /** The bundle of {@code model}, evaluated on {@link #evaluationRows}. */
    public static BuiltBundle bundle(String modelName, Model<Label> model) {
        return bundle(modelName, model, CREATED_AT);
    }

    private static BuiltBundle bundle(String modelName, Model<Label> model, Instant createdAt) {
        return BundleBuilder.of(model)
                .named(modelName)
                .evaluatedOn(EVALUATED_ON, RowSource.of(evaluationRows()))
                .build(createdAt);
    }

    /** Trains on {@code rows} as on dataset version {@code penguins@v1}. */
    public static Model<Label> train(
            Features<Label> features, List<Map<String, @Nullable Object>> rows, Trainer<Label> trainer) {
        RowSource source = RowSource.of(rows);
        FittedFeatures<Label> fitted = features.fit(source);
        return trainer.train(fitted.dataset(source, Optional.of("penguins@v1")));
    }

    /** Multinomial logistic regression, silent. */
    public static Trainer<Label> logistic() {
        return new LinearSGDTrainer(new LogMulticlass(), new AdaGrad(1.0), 5, -1, 1, Trainer.DEFAULT_SEED);
    }

    /** Labelled rows with columns species, island, four measures, sex and year, in that order. */
    public static List<Map<String, @Nullable Object>> rows(int count, long seed) {
        Random random = new Random(seed);
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int kind = new int[] {0, 0, 1, 2, 2}[i % 5];
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put(RESPONSE, LABELS.get(kind));
            row.put("island", kind == 0 ? ISLANDS.get(random.nextInt(3)) : kind == 1 ? "Dream" : "Biscoe");
            row.put("bill_length_mm", tenths(random, new double[] {38.8, 48.8, 47.5}[kind], 2.6));
            row.put("bill_depth_mm", tenths(random, new double[] {18.3, 18.4, 15.0}[kind], 1.0));
            row.put("flipper_length_mm", Math.round(random.nextGaussian() * 6 + new double[] {190, 196, 217}[kind]));
            row.put("body_mass_g", Math.round(random.nextGaussian() * 400 + new double[] {3700, 3733, 5076}[kind]));
            row.put("sex", random.nextBoolean() ? "female" : "male");
            row.put("year", 2007L + random.nextInt(3));
            rows.add(row);
        }
        return rows;
    }

    private static double tenths(Random random, double mean, double spread) {
        return Math.round((random.nextGaussian() * spread + mean) * 10) / 10.0;
    }
}
