package io.lathe.kernel;

import io.lathe.datasets.problem.LatheException;
import io.lathe.kernel.data.CommitReceipt;
import io.lathe.kernel.data.DatasetList;
import io.lathe.kernel.data.VersionHandle;
import io.lathe.kernel.learn.Predictions;
import io.lathe.kernel.learn.TableRows;
import io.lathe.kernel.publish.NotebookModels;
import io.lathe.kernel.publish.Progress;
import io.lathe.kernel.publish.PublishableModels;
import io.lathe.kernel.publish.Publishing;
import io.lathe.kernel.publish.Upload;
import io.lathe.models.evaluation.Metrics;
import io.lathe.models.features.Features;
import io.lathe.models.features.RowSource;
import java.util.Optional;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import tech.tablesaw.api.Table;

/**
 * Lathe in a notebook: versioned data in, a judged model out.
 *
 * <pre>{@code
 * var penguins = Lathe.data("penguins@v1");
 * Table table  = penguins.table();
 * var training = Lathe.trainingSet(features, table, penguins);
 * var model    = new LogisticRegressionTrainer().train(training);
 * Lathe.publish(model).named("penguins").evaluatedOn("penguins-test@v1")
 * }</pre>
 *
 * <p>Every call that needs the workbench fails with a {@link LatheException} that says what is missing, what was meant, or
 * what to do next.
 */
public final class Lathe {

    private static final Session SESSION = new Session(System.getenv());

    private Lathe() {}

    static Session session() {
        return SESSION;
    }

    /** The datasets of this project. */
    public static DatasetList datasets() {
        return SESSION.data().list();
    }

    /**
     * A handle on one version; nothing is read yet.
     *
     * @param version {@code penguins@v1}, {@code penguins@latest}, {@code penguins@<tag>}, or {@code penguins} for the latest
     */
    public static VersionHandle data(String version) {
        return SESSION.data().load(version);
    }

    /**
     * Commits a table as the next version of a dataset, which is made if it does not exist. If the latest version has the
     * same content already, nothing is written and the receipt says unchanged.
     *
     * @param dataset small letters, digits, {@code _} and {@code -}, at most 63
     * @param message what changed, for those who come later
     */
    public static CommitReceipt commit(String dataset, Table table, String message) {
        return SESSION.data().commit(dataset, table, message);
    }

    /** {@link #commit(String, Table, String)} with the table's own name as the message. */
    public static CommitReceipt commit(String dataset, Table table) {
        String name = table.name();
        return commit(dataset, table, name == null || name.isBlank() ? "Committed from a notebook" : name);
    }

    /** The rows of a table, for the models library. */
    public static RowSource rows(Table table) {
        return new TableRows(table);
    }

    /**
     * Examples with their answers for a Tribuo trainer: fits the features on the table and puts every row through them. A model
     * trained on them remembers its features and where its rows came from, so that it can be published.
     *
     * @param features which columns, and how
     * @param table    training rows
     * @param from     the version the rows came from
     */
    public static <T extends Output<T>> MutableDataset<T> trainingSet(
            Features<T> features, Table table, VersionHandle from) {
        RowSource rows = rows(table);
        return features.fit(rows).dataset(rows, Optional.of(from.ref()));
    }

    /** {@link #trainingSet(Features, Table, VersionHandle)} for rows that come from no version. */
    public static <T extends Output<T>> MutableDataset<T> trainingSet(Features<T> features, Table table) {
        RowSource rows = rows(table);
        return features.fit(rows).dataset(rows, Optional.empty());
    }

    /**
     * How well the model predicts the labelled rows of a table, by the same rules as when it is published: {@link
     * io.lathe.models.evaluation.ClassificationMetrics} or {@link io.lathe.models.evaluation.RegressionMetrics}.
     */
    public static <T extends Output<T>> Metrics evaluate(Model<T> model, Table labelled) {
        return Predictions.evaluate(model, labelled).metrics();
    }

    /** What the model answers to each row, as it will once served: label and probabilities or a number, and why a row was refused. */
    public static <T extends Output<T>> Table predict(Model<T> model, Table rows) {
        return Predictions.of(model, rows);
    }

    /**
     * Starts the sentence {@code Lathe.publish(model).named("penguins").evaluatedOn("penguins-test@v1")}. The last word
     * publishes, once, and returns when the verdict is in.
     */
    public static Publishing publish(Model<?> model) {
        return new Publishing(SESSION.publisher(), model);
    }

    /** The models in this notebook's variables that can be published. Asked by the publish button. */
    public static PublishableModels publishable() {
        return SESSION.publishable();
    }

    /**
     * Uploads the model in a variable and returns at once; the judgement goes on at the workbench. Asked by the publish
     * button.
     */
    public static Upload publish(String variable, String name, String evaluateOn) {
        Model<?> model = NotebookModels.select(SESSION.models(), variable);
        return SESSION.publisher().upload(model, name, evaluateOn, Progress.NONE);
    }
}
