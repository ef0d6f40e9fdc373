package io.lathe.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lathe.launcher.api.WorkbenchApi;
import io.lathe.launcher.terminal.CommandFailure;
import io.lathe.launcher.terminal.ExitCode;
import io.lathe.launcher.terminal.Terminal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Runs a project's notebook, cell after cell, in a kernel of its own, through the project's host. */
final class NotebookRun {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration KERNEL_LIMIT = Duration.ofSeconds(90);
    private static final Duration CELL_LIMIT = Duration.ofMinutes(5);

    private final ProjectHost host;
    private final String base;
    private final Terminal terminal;

    NotebookRun(ProjectHost host, String project, Terminal terminal) {
        this.host = host;
        this.base = "/projects/" + WorkbenchApi.segment(project) + "/api";
        this.terminal = terminal;
    }

    /**
     * What a run brought.
     *
     * @param publication the id of the publication that a cell started
     */
    record Outcome(String notebook, String kernel, int cells, Optional<String> publication) {}

    /** @throws CommandFailure at the first cell that fails, after its source and its error were shown */
    Outcome run() {
        String path = notebook();
        JsonNode content =
                host.get(base + "/contents/" + escaped(path) + "?content=1").path("content");
        String kernelName =
                content.path("metadata").path("kernelspec").path("name").asText("java");
        JsonNode session = host.post(base + "/sessions", sessionRequest(kernelName));
        try {
            return run(
                    path, codeCells(content), session.path("kernel").path("id").asText());
        } finally {
            host.delete(base + "/sessions/" + session.path("id").asText());
        }
    }

    private Outcome run(String path, List<String> cells, String kernel) {
        String session = UUID.randomUUID().toString();
        String channels = base + "/kernels/" + kernel + "/channels?session_id=" + session;
        Optional<String> publication = Optional.empty();
        try (KernelChannel channel = KernelChannel.open(listener -> host.webSocket(channels, listener), session)) {
            channel.awaitReady(KERNEL_LIMIT);
            for (int i = 0; i < cells.size(); i++) {
                terminal.progress("notebook " + path + ": cell " + (i + 1) + " of " + cells.size());
                CellResult result = channel.execute(cells.get(i), CELL_LIMIT);
                if (result.failed()) {
                    throw failure(path, i + 1, cells.get(i), result);
                }
                Optional<String> earlier = publication;
                publication = result.publication().or(() -> earlier);
            }
        }
        return new Outcome(path, kernel, cells.size(), publication);
    }

    private CommandFailure failure(String path, int number, String source, CellResult result) {
        terminal.progress("code cell " + number + " of " + path + " failed:");
        terminal.detail(source);
        terminal.detail("");
        terminal.detail(result.error());
        return new CommandFailure(
                ExitCode.FAILED,
                "code cell " + number + " of " + path + " failed: "
                        + result.error().lines().findFirst().orElse("no message"));
    }

    /** The project's notebook; the first by name where there are several. */
    private String notebook() {
        List<String> notebooks = new ArrayList<>();
        for (JsonNode entry : host.get(base + "/contents/?content=1").path("content")) {
            if (entry.path("type").asText().equals("notebook")) {
                notebooks.add(entry.path("path").asText());
            }
        }
        return notebooks.stream()
                .sorted()
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.FAILED, "the project has no notebook in its folder; make the project anew"));
    }

    private static List<String> codeCells(JsonNode content) {
        List<String> cells = new ArrayList<>();
        for (JsonNode cell : content.path("cells")) {
            String source = text(cell.path("source"));
            if (cell.path("cell_type").asText().equals("code") && !source.isBlank()) {
                cells.add(source);
            }
        }
        return cells;
    }

    /** The notebook format has text as one string or as a list of lines. */
    private static String text(JsonNode source) {
        if (source.isTextual()) {
            return source.asText();
        }
        StringBuilder text = new StringBuilder();
        source.forEach(line -> text.append(line.asText()));
        return text.toString();
    }

    /** A path of its own, so that a kernel that somebody has open on the notebook is left alone. */
    private static ObjectNode sessionRequest(String kernel) {
        String path = "lathe-demo-" + UUID.randomUUID() + ".ipynb";
        ObjectNode request =
                JSON.createObjectNode().put("path", path).put("name", path).put("type", "notebook");
        request.putObject("kernel").put("name", kernel);
        return request;
    }

    private static String escaped(String path) {
        return List.of(path.split("/")).stream().map(WorkbenchApi::segment).collect(Collectors.joining("/"));
    }
}
