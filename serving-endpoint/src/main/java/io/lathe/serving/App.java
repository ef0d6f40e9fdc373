package io.lathe.serving;

import io.lathe.datasets.hardening.ProcessHardening;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.serving.consumer.Consumers;
import io.lathe.serving.http.Admission;
import io.lathe.serving.http.Gate;
import io.lathe.serving.http.Limits;
import io.lathe.serving.http.RequestBodies;
import io.lathe.serving.http.StrictJson;
import io.lathe.serving.model.BundleModel;
import io.lathe.serving.model.Deployment;
import io.lathe.serving.model.Loading;
import io.lathe.serving.openinference.OpenInference;
import io.lathe.serving.predict.Predictions;
import io.lathe.serving.route.BundleFolder;
import io.lathe.serving.route.RouteDocument;
import io.lathe.serving.route.RouteFile;
import io.lathe.serving.route.RouteFollower;
import io.lathe.serving.route.Workbench;
import io.lathe.serving.tensorflow.PredictRows;
import io.lathe.serving.tensorflow.TensorFlowRest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The serving endpoint: builds its parts, wires them, starts them, and stops them in order. */
public final class App implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(App.class);
    private static final Duration LOAD = Duration.ofSeconds(60);
    private static final Duration DRAIN = Duration.ofMillis(3_500);

    private final DataFolder data;
    private final Gate gate;
    private final Workbench workbench;
    private final RouteFollower follower;
    private final Deployment deployment;
    private final WebServer web;

    private App(Settings settings, Limits limits) {
        data = DataFolder.open(settings.data());
        gate = new Gate(limits);
        workbench = new Workbench(settings.workbench(), settings.tokenFile());
        BundleFolder bundles = new BundleFolder(data.bundles(), workbench);
        deployment = new Deployment(new Loading(version -> BundleModel.load(bundles.load(version.bundle())), LOAD));
        Consumers consumers = new Consumers();
        follower = new RouteFollower(
                workbench, new RouteFile(settings.data()), document -> apply(document, consumers, bundles));

        StrictJson json = new StrictJson(limits);
        RequestBodies bodies = new RequestBodies(limits);
        Admission admission = new Admission(limits);
        Predictions predictions = new Predictions(deployment);
        Endpoint endpoint = new Endpoint(
                gate,
                consumers,
                new StatusPage(deployment, follower, gate),
                new TensorFlowRest(predictions, deployment, bodies, admission, new PredictRows(json, limits)),
                new OpenInference(predictions, deployment, bodies, admission, json, limits, version()));
        web = WebServer.start(settings.port(), limits, endpoint::answer);
        follower.start();
    }

    /** Starts everything and returns; models load in the background, first those of the last good route document. */
    public static App start(Settings settings, Limits limits) {
        return new App(settings, limits);
    }

    /** The port listened on. */
    public int port() {
        return web.port();
    }

    /** Lets the requests in work finish, for at most 3.5 seconds, then stops; 5 seconds in all. */
    @Override
    public void close() {
        try {
            if (!gate.closeAndDrain(DRAIN)) {
                log.warn("Requests were still in work after {} ms and are cut off", DRAIN.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        follower.close();
        web.close();
        deployment.close();
        workbench.close();
        data.close();
    }

    public static void main(String[] args) {
        try {
            ProcessHardening.apply();
            App app = start(Settings.parse(args), Limits.defaults());
            Runtime.getRuntime().addShutdownHook(new Thread(app::close, "stop"));
            log.info("Serving on http://127.0.0.1:{}", app.port());
            app.data.awaitLoss();
            log.error("The data folder was deleted or replaced; stopping");
            System.exit(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (LatheException e) {
            System.err.println(e.getMessage());
            System.exit(e.code() == ProblemCode.BAD_REQUEST ? 2 : e.code().exitCode());
        }
    }

    private RouteFollower.Applied apply(RouteDocument document, Consumers consumers, BundleFolder bundles)
            throws InterruptedException {
        // First, so that a token taken away stops working at once, however long the models take.
        consumers.replace(document.consumers());
        Deployment.Result result = deployment.apply(document.models());
        bundles.retain(named(Stream.concat(document.models().stream(), result.served().stream())));
        return new RouteFollower.Applied(document.withModels(result.served()), result.complete());
    }

    private static Set<String> named(Stream<RouteDocument.Model> models) {
        return models.map(RouteDocument.Model::versions)
                .flatMap(List::stream)
                .map(RouteDocument.Version::bundle)
                .collect(Collectors.toSet());
    }

    private static String version() {
        return Optional.ofNullable(App.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
