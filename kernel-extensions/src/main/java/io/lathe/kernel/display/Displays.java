package io.lathe.kernel.display;

import io.lathe.datasets.schema.Anomaly;
import io.lathe.datasets.schema.Schema;
import io.lathe.datasets.statistics.DatasetStatistics;
import io.lathe.kernel.data.CheckReport;
import io.lathe.kernel.data.CommitReceipt;
import io.lathe.kernel.data.DatasetList;
import io.lathe.kernel.data.Histograms;
import io.lathe.kernel.data.SchemaView;
import io.lathe.kernel.data.VersionHandle;
import io.lathe.kernel.document.Document;
import io.lathe.kernel.plot.PlotlyJson;
import io.lathe.kernel.publish.Publication;
import io.lathe.kernel.publish.PublishableModels;
import io.lathe.kernel.publish.Upload;
import io.lathe.models.evaluation.ClassificationMetrics;
import io.lathe.models.evaluation.RegressionMetrics;
import java.util.function.Function;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.components.Figure;

/** Tells the kernel's renderer how to show every kind of value that Lathe knows. */
public final class Displays {

    private static final String HTML = "text/html";

    private Displays() {}

    /** Registers all displays. Later registrations for the same class are added by the kernel, not replaced. */
    public static void register(Renderer renderer) {
        documents(renderer, Document.class, document -> document);
        documents(renderer, Table.class, TableDisplay::document);
        documents(renderer, DatasetList.class, DatasetDisplay::list);
        documents(renderer, VersionHandle.class, DatasetDisplay::version);
        documents(renderer, CommitReceipt.class, DatasetDisplay::receipt);
        documents(renderer, Schema.class, SchemaDisplay::schema);
        documents(renderer, SchemaView.class, SchemaDisplay::view);
        documents(renderer, CheckReport.class, SchemaDisplay::report);
        documents(renderer, Anomaly.class, SchemaDisplay::anomaly);
        documents(renderer, DatasetStatistics.class, StatisticsDisplay::document);
        documents(renderer, ClassificationMetrics.class, ModelDisplay::metrics);
        documents(renderer, RegressionMetrics.class, ModelDisplay::metrics);
        renderer.createRegistration(Publication.class).preferring(HTML).register((publication, context) -> {
            put(ModelDisplay.publication(publication), context.getOutputContainer());
            // So that whoever runs the notebook without a browser finds the publication again.
            context.getOutputContainer().putData(Upload.MIME_TYPE, new Upload(publication.id()).content());
        });
        renderer.createRegistration(Histograms.class)
                .preferring(PlotlyJson.MIME_TYPE)
                .register((histograms, context) -> put(
                        context.getOutputContainer(),
                        PlotlyJson.MIME_TYPE,
                        HistogramsDisplay.plot(histograms).content(),
                        HistogramsDisplay.text(histograms)));
        renderer.createRegistration(PublishableModels.class)
                .preferring(PublishableModels.MIME_TYPE)
                .register((models, context) -> put(
                        context.getOutputContainer(),
                        PublishableModels.MIME_TYPE,
                        models.content(),
                        models.toString()));
        renderer.createRegistration(Upload.class)
                .preferring(Upload.MIME_TYPE)
                .register((upload, context) ->
                        put(context.getOutputContainer(), Upload.MIME_TYPE, upload.content(), upload.toString()));
        renderer.createRegistration(Figure.class)
                .preferring(PlotlyJson.MIME_TYPE)
                .register((figure, context) -> {
                    PlotlyJson json = PlotlyJson.of(figure);
                    put(context.getOutputContainer(), PlotlyJson.MIME_TYPE, json.content(), json.text());
                });
    }

    private static <T> void documents(Renderer renderer, Class<T> type, Function<T, Document> display) {
        renderer.createRegistration(type)
                .preferring(HTML)
                .register((value, context) -> put(display.apply(value), context.getOutputContainer()));
    }

    private static void put(Document document, DisplayData out) {
        out.putHTML(document.html());
        out.putText(document.text());
    }

    private static void put(DisplayData out, String mimeType, Object content, String text) {
        out.putData(mimeType, content);
        out.putText(text);
    }
}
