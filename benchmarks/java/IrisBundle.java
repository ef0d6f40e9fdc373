import io.lathe.models.features.FeatureTransform;
import io.lathe.models.features.Features;
import io.lathe.models.features.FittedFeatures;
import io.lathe.models.features.Response;
import io.lathe.models.features.RowSource;
import io.lathe.models.publish.BuiltBundle;
import io.lathe.models.publish.BundleBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tribuo.classification.Label;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LogisticRegressionTrainer;

/**
 * Trains a logistic regression on a CSV of numbers with a last column of labels, writes it as a bundle, and prints the same model
 * for other libraries: one row of coefficients per label and an intercept, for raw (not standardised) features.
 *
 * <p>Arguments: the CSV, the bundle to write.
 */
public final class IrisBundle {

    public static void main(String[] arguments) throws Exception {
        List<String> lines = Files.readAllLines(Path.of(arguments[0]));
        List<String> names = List.of(lines.getFirst().split(","));
        List<String> columns = names.subList(0, names.size() - 1);
        List<Map<String, Object>> table = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",");
            Map<String, Object> row = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                row.put(columns.get(i), Double.parseDouble(cells[i]));
            }
            row.put(names.getLast(), cells[columns.size()]);
            table.add(row);
        }
        RowSource rows = RowSource.of(table);
        FittedFeatures<Label> features = Features.classify(names.getLast())
                .numeric(columns.toArray(String[]::new))
                .fit(rows);
        LinearSGDModel model = (LinearSGDModel)
                new LogisticRegressionTrainer().train(features.dataset(rows, Optional.of("iris@v1")));
        BuiltBundle built =
                BundleBuilder.of(model).named("iris").evaluatedOn("iris@v1", rows).build(Instant.EPOCH);
        Files.write(Path.of(arguments[1]), built.zip());
        print(built.bundle().id().sha256(), model, features);
    }

    private static void print(String bundle, LinearSGDModel model, FittedFeatures<Label> features) {
        List<String> labels = ((Response.Labels) features.response()).labels();
        List<String> coefficients = new ArrayList<>();
        List<String> intercepts = new ArrayList<>();
        for (String label : labels) {
            int row = model.getOutputIDInfo().getID(new Label(label));
            var weights = model.getWeightsCopy();
            double intercept = weights.get(row, model.getFeatureIDMap().size()) + weights.get(row, model.getFeatureIDMap().getID("(constant)"));
            List<String> ofLabel = new ArrayList<>();
            for (FeatureTransform transform : features.transforms()) {
                var standardised = (FeatureTransform.Standardised) transform;
                double weight = weights.get(row, model.getFeatureIDMap().getID(standardised.column())) / standardised.standardDeviation();
                intercept -= weight * standardised.mean();
                ofLabel.add(String.valueOf(weight));
            }
            coefficients.add("[" + String.join(",", ofLabel) + "]");
            intercepts.add(String.valueOf(intercept));
        }
        System.out.printf(
                "{\"bundle\":\"%s\",\"labels\":[%s],\"columns\":[%s],\"coefficients\":[%s],\"intercepts\":[%s]}%n",
                bundle,
                quoted(labels),
                quoted(features.columns()),
                String.join(",", coefficients),
                String.join(",", intercepts));
    }

    private static String quoted(List<String> texts) {
        return String.join(",", texts.stream().map(text -> '"' + text + '"').toList());
    }
}
