package io.lathe.product.line;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lathe.datasets.store.Content;
import io.lathe.datasets.version.CommitRequest;
import io.lathe.datasets.version.DatasetName;
import io.lathe.models.features.Features;
import io.lathe.models.features.FittedFeatures;
import io.lathe.models.features.RowSource;
import io.lathe.models.publish.BundleBuilder;
import io.lathe.product.Checkout;
import io.lathe.workbench.App;
import io.lathe.workbench.NoNotebookServers;
import io.lathe.workbench.Options;
import io.lathe.workbench.Services;
import io.lathe.workbench.project.Project;
import io.lathe.workbench.project.ProjectName;
import io.lathe.workbench.registry.ModelName;
import io.lathe.workbench.serving.ConsumerName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tribuo.Model;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.rtree.CARTRegressionTrainer;

/**
 * A real workbench and a real serving endpoint with model {@code line}: y = x + offset, for offsets of choice. Each version is judged on
 * rows of its own function, so it is better than one with another offset and goes live.
 */
final class LineWorkbench implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant TRAINED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient client = HttpClient.newHttpClient();
    private final App app;
    private final String token;
    private int bundles;

    private LineWorkbench(App app, String token) {
        this.app = app;
        this.token = token;
    }

    static LineWorkbench start(Path folder) throws IOException {
        Path home = Files.createDirectories(folder.resolve("home"));
        Path template = Files.createDirectories(home.resolve("templates/blank"));
        Files.writeString(template.resolve("template.json"), """
                {"name": "blank", "title": "Blank", "description": "Nothing", "notebook": "first.ipynb", "datasets": []}""");
        Files.writeString(template.resolve("first.ipynb"), "{}");
        Files.createSymbolicLink(
                home.resolve("serving-endpoint"), Checkout.here().root().resolve("serving-endpoint"));
        App app = App.start(new Options(folder.resolve("data"), 0, 0, home), services -> new NoNotebookServers());
        Services services = app.services();
        Project project = services.projects().create(services.ownerId(), new ProjectName("mine"), "blank");
        return new LineWorkbench(app, services.projectTokens().issue(project.grant(), "test"));
    }

    String endpoint() {
        return app.services().endpoint().url();
    }

    Services services() {
        return app.services();
    }

    /** A token that may call the model, which must be there; the endpoint may take a moment to know it. */
    String consumer() {
        return services()
                .consumers()
                .add(services().ownerId(), new ConsumerName("web"), Set.of("line"))
                .token();
    }

    /** Commits the rows that versions with this offset are judged on; answers the dataset version. */
    String rowsOf(double offset) {
        StringBuilder csv = new StringBuilder("x,y\n");
        for (int x = 0; x < 16; x++) {
            csv.append((double) x).append(',').append(x + offset).append('\n');
        }
        DatasetName name = new DatasetName("plus-" + (int) offset);
        services()
                .datasets()
                .commit(new CommitRequest(
                        name,
                        Map.of("rows.csv", Content.of(csv.toString().getBytes(StandardCharsets.UTF_8))),
                        "rows",
                        "test",
                        "test",
                        "test"));
        return name.value() + "@v1";
    }

    private static List<Map<String, @Nullable Object>> rows(double offset, int copies) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int x = 0; x < 16; x++) {
            for (int copy = 0; copy < copies; copy++) {
                Map<String, @Nullable Object> row = new LinkedHashMap<>();
                row.put("x", (double) x);
                row.put("y", x + offset);
                rows.add(row);
            }
        }
        return rows;
    }

    /** A tree with a leaf for each x, so its answers are exact. Each call makes another bundle. */
    byte[] bundle(double offset, String evaluateOn) {
        RowSource training = RowSource.of(rows(offset, 10));
        FittedFeatures<Regressor> fitted = Features.regress("y").numeric("x").fit(training);
        Model<Regressor> tree =
                new CARTRegressionTrainer().train(fitted.dataset(training, Optional.of("line-training@v1")));
        return BundleBuilder.of(tree)
                .named("line")
                .evaluatedOn(evaluateOn, RowSource.of(rows(offset, 1)))
                .build(TRAINED.plusSeconds(bundles++))
                .zip();
    }

    /** Publishes and waits for the end; answers the publication. */
    JsonNode publish(byte[] zip, String evaluateOn) throws IOException, InterruptedException {
        return publish(new ByteArrayInputStream(zip), evaluateOn);
    }

    /** As above, as fast as the stream gives the bundle. */
    JsonNode publish(InputStream zip, String evaluateOn) throws IOException, InterruptedException {
        String id = UUID.randomUUID().toString();
        var submitted = client.send(
                request("?model=line&evaluateOn=" + evaluateOn)
                        .header("Content-Type", "application/zip")
                        .header("Idempotency-Key", id)
                        .POST(BodyPublishers.ofInputStream(() -> zip))
                        .build(),
                BodyHandlers.ofString());
        assertThat(submitted.statusCode()).as(submitted.body()).isEqualTo(202);
        client.send(request("/" + id + "/events").build(), BodyHandlers.discarding());
        return JSON.readTree(
                client.send(request("/" + id).build(), BodyHandlers.ofString()).body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + app.port() + "/api/v1/project/publications" + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token);
    }

    void retire(int version) {
        services()
                .promotions()
                .retire(services().ownerId(), new ModelName("line"), version, "no longer wanted", now -> {});
    }

    /** Sends its bytes evenly over a time. */
    static InputStream slowly(byte[] zip, Duration time) {
        int part = Math.max(1, zip.length / 20);
        return new ByteArrayInputStream(zip) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                try {
                    Thread.sleep(time.dividedBy(20)); // the slow sender that the test is about
                } catch (InterruptedException e) {
                    throw new UncheckedIOException(new IOException(e));
                }
                return super.read(buffer, offset, Math.min(length, part));
            }
        };
    }

    @Override
    public void close() {
        app.close();
        client.close();
    }
}
