package io.lathe.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lathe.launcher.api.WorkbenchApi;
import io.lathe.launcher.consumer.Consumers;
import io.lathe.launcher.data.DataFolder;
import io.lathe.launcher.data.Settings;
import io.lathe.launcher.demo.StepReport.Facts;
import io.lathe.launcher.terminal.CommandFailure;
import io.lathe.launcher.terminal.Deadline;
import io.lathe.launcher.terminal.ExitCode;
import io.lathe.launcher.terminal.Terminal;
import io.lathe.launcher.workbench.Workbench;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The whole line, step by step; the first step that fails ends it. */
final class Demo {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROJECT = "penguins";
    private static final String MODEL = "penguins";
    private static final String TEMPLATE = "tabular-classification";
    private static final String CONSUMER = "demo";
    private static final Duration SERVER_LIMIT = Duration.ofMinutes(3);
    private static final Duration PUBLICATION_LIMIT = Duration.ofMinutes(3);
    private static final Duration LOOK = Duration.ofMillis(150);

    private final Workbench workbench;
    private final DataFolder data;
    private final Terminal terminal;
    private final StepReport report;

    Demo(Path home, DataFolder data, Terminal terminal, StepReport report) {
        this.workbench = new Workbench(home, data, terminal);
        this.data = data;
        this.terminal = terminal;
        this.report = report;
    }

    /** What a step brought: to tell, and for the steps after it. */
    private record Done<T>(T value, Facts facts) {}

    void run(Settings.Wishes wishes) {
        Workbench.Running running = step("up", () -> up(wishes));
        WorkbenchApi api = WorkbenchApi.at(running.port(), data.operatorToken());
        step("project", () -> project(api));
        step("server", () -> server(api));
        try (HttpClient http = WorkbenchApi.client()) {
            NotebookDone notebook = step("notebook", () -> notebook(api, http));
            step("publish", () -> publish(api, notebook.host(), notebook.outcome()));
            step("prediction", () -> prediction(api, http, running.settings().servingPort()));
        }
    }

    private <T> T step(String name, Supplier<Done<T>> work) {
        Deadline time = Deadline.in(Duration.ZERO);
        try {
            Done<T> done = work.get();
            report.done(name, time.spent(), done.facts());
            return done.value();
        } catch (RuntimeException failure) {
            report.failed(name, time.spent(), String.valueOf(failure.getMessage()));
            throw failure;
        }
    }

    private Done<Workbench.Running> up(Settings.Wishes wishes) {
        Workbench.Running running = workbench.ensureRunning(wishes);
        return new Done<>(
                running,
                Facts.of("url", running.url()).and("pid", running.process().pid()));
    }

    private static Done<String> project(WorkbenchApi api) {
        for (JsonNode project : api.get("/api/v1/projects")) {
            if (project.path("name").asText().equals(PROJECT)) {
                return projectDone(project);
            }
        }
        ObjectNode request = JSON.createObjectNode().put("name", PROJECT).put("template", TEMPLATE);
        return projectDone(api.post("/api/v1/projects", request));
    }

    private static Done<String> projectDone(JsonNode project) {
        String id = project.path("id").asText();
        return new Done<>(id, Facts.of("project", PROJECT).and("id", id));
    }

    private Done<String> server(WorkbenchApi api) {
        String path = "/api/v1/projects/" + PROJECT;
        api.post(path + "/server");
        Deadline deadline = Deadline.in(SERVER_LIMIT);
        String said = "";
        while (true) {
            JsonNode server = api.get(path).path("server");
            String state = server.path("state").asText();
            if (state.equals("ready")) {
                return new Done<>(
                        server.path("id").asText(),
                        Facts.of("id", server.path("id").asText())
                                .and("pid", server.path("pid").asLong()));
            }
            if (state.equals("failed") || state.equals("stopped")) {
                server.path("logTail").forEach(line -> terminal.detail(line.asText()));
                throw new CommandFailure(
                        ExitCode.FAILED,
                        "the notebook server of " + PROJECT + " " + state + ": "
                                + server.path("error").asText("no reason given"));
            }
            String phase = server.path("phase").asText();
            if (!phase.equals(said)) {
                terminal.progress("notebook server: " + phase);
                said = phase;
            }
            if (deadline.isOver()) {
                throw new CommandFailure(
                        ExitCode.UNKNOWN,
                        "the notebook server of " + PROJECT + " is still " + state + " after "
                                + deadline.limit().toSeconds() + " s; its log is "
                                + data.log("servers/" + server.path("id").asText()));
            }
            Deadline.pause(LOOK);
        }
    }

    private static ProjectHost enter(WorkbenchApi api, HttpClient http) {
        JsonNode ticket = api.post("/api/v1/projects/" + PROJECT + "/tickets");
        return ProjectHost.enter(http, URI.create(ticket.path("url").asText()));
    }

    /** The publication is asked for on the host that the notebook ran on. */
    private record NotebookDone(ProjectHost host, NotebookRun.Outcome outcome) {}

    private Done<NotebookDone> notebook(WorkbenchApi api, HttpClient http) {
        ProjectHost host = enter(api, http);
        NotebookRun.Outcome outcome = new NotebookRun(host, PROJECT, terminal).run();
        return new Done<>(
                new NotebookDone(host, outcome),
                Facts.of("notebook", outcome.notebook())
                        .and("kernel", outcome.kernel())
                        .and("cells", outcome.cells()));
    }

    private Done<Integer> publish(WorkbenchApi api, ProjectHost host, NotebookRun.Outcome notebook) {
        String id = notebook.publication()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.FAILED,
                        "no cell of " + notebook.notebook() + " published a model; look at the notebook"));
        JsonNode publication = awaitPublication(host, id);
        int version = publication.path("version").asInt();
        String outcome = publication.path("verdict").path("outcome").asText();
        List<String> reasons = new ArrayList<>();
        publication.path("verdict").path("reasons").forEach(reason -> reasons.add(reason.asText()));
        if (!outcome.equals("promoted")) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "version " + version + " of " + MODEL + " was " + outcome + ": " + String.join("; ", reasons));
        }
        int production = api.get("/api/v1/models/" + MODEL)
                .path("aliases")
                .path("production")
                .asInt();
        if (production != version) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "version " + version + " of " + MODEL + " was promoted, but production is version " + production);
        }
        return new Done<>(
                version,
                Facts.of("publication", id)
                        .and("model", MODEL)
                        .and("version", version)
                        .and("verdict", outcome)
                        .and("reasons", reasons));
    }

    private JsonNode awaitPublication(ProjectHost host, String id) {
        Deadline deadline = Deadline.in(PUBLICATION_LIMIT);
        String said = "";
        while (true) {
            JsonNode publication = host.get("/api/v1/project/publications/" + WorkbenchApi.segment(id));
            String state = publication.path("state").asText();
            if (state.equals("done")) {
                return publication;
            }
            if (state.equals("failed") || state.equals("cancelled")) {
                throw new CommandFailure(
                        ExitCode.FAILED, "publication " + id + " " + state + ": " + reason(publication));
            }
            if (!state.equals(said)) {
                terminal.progress("publication: " + state);
                said = state;
            }
            if (deadline.isOver()) {
                throw new CommandFailure(
                        ExitCode.UNKNOWN,
                        "publication " + id + " is still " + state + " after "
                                + deadline.limit().toSeconds() + " s; the page of model " + MODEL
                                + " shows how it ends");
            }
            Deadline.pause(LOOK);
        }
    }

    private static String reason(JsonNode publication) {
        List<String> reasons = new ArrayList<>();
        Optional.of(publication.path("error").asText(""))
                .filter(error -> !error.isEmpty())
                .ifPresent(reasons::add);
        publication.path("verdict").path("reasons").forEach(reason -> reasons.add(reason.asText()));
        return reasons.isEmpty() ? "no reason given" : String.join("; ", reasons);
    }

    private Done<JsonNode> prediction(WorkbenchApi api, HttpClient http, int servingPort) {
        Consumers consumers = new Consumers(data, api, servingPort);
        for (JsonNode consumer : consumers.list()) {
            if (consumer.path("name").asText().equals(CONSUMER)) {
                consumers.remove(CONSUMER);
            }
        }
        Consumers.Added added = consumers.add(CONSUMER, List.of(MODEL));
        consumers.awaitAccepted(added);
        JsonNode request =
                api.get("/api/v1/models/" + MODEL).path("sampleRequest").path("body");
        Prediction prediction = Prediction.ask(http, servingPort, MODEL, added.token(), request);
        return new Done<>(
                prediction.answer(),
                Facts.of("url", prediction.url()).and("request", request).and("answer", prediction.answer()));
    }
}
