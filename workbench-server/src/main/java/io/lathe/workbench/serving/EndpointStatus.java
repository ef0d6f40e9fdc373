package io.lathe.workbench.serving;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.datasets.problem.LatheException;
import io.lathe.workbench.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * What the serving endpoint says of itself.
 *
 * @param routeVersion the route document it follows
 */
public record EndpointStatus(int routeVersion, List<VersionStatus> versions) {
    private static final int MOST_BYTES = 1 << 20;

    /** How far one model version is. */
    public enum Progress {
        LOADING,
        AVAILABLE,
        FAILED
    }

    /** @param aliases the names that point at it as the endpoint serves it */
    public record VersionStatus(String model, int version, Progress progress, List<String> aliases, String reason) {
        public VersionStatus {
            aliases = List.copyOf(aliases);
        }
    }

    public EndpointStatus {
        versions = List.copyOf(versions);
    }

    /** What it says of one version, if it knows it. */
    public Optional<VersionStatus> find(String model, int version) {
        return versions.stream()
                .filter(status -> status.model().equals(model) && status.version() == version)
                .findFirst();
    }

    /** The version of the model that it serves to who asks for none, if there is one. */
    public Optional<VersionStatus> production(String model) {
        return versions.stream()
                .filter(status ->
                        status.model().equals(model) && status.aliases().contains("production"))
                .findFirst();
    }

    /** Asks the endpoint at {@code base}; empty when it does not answer as it should within {@code patience}. */
    public static Optional<EndpointStatus> ask(HttpClient client, URI base, Duration patience)
            throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/lathe/status"))
                .timeout(patience)
                .build();
        try {
            HttpResponse<String> answer = client.send(
                    request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofString(), MOST_BYTES));
            return answer.statusCode() == 200 ? Optional.of(parse(Json.tree(answer.body()))) : Optional.empty();
        } catch (IOException | LatheException e) {
            return Optional.empty();
        }
    }

    private static EndpointStatus parse(JsonNode root) {
        List<VersionStatus> versions = new ArrayList<>();
        for (JsonNode node : root.path("models")) {
            versions.add(new VersionStatus(
                    node.path("name").asText(),
                    node.path("version").asInt(),
                    switch (node.path("state").asText()) {
                        case "AVAILABLE" -> Progress.AVAILABLE;
                        case "END" -> Progress.FAILED;
                        default -> Progress.LOADING;
                    },
                    StreamSupport.stream(node.path("aliases").spliterator(), false)
                            .map(JsonNode::asText)
                            .toList(),
                    node.path("reason").asText("")));
        }
        return new EndpointStatus(root.path("routeVersion").asInt(), versions);
    }
}
