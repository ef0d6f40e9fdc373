package io.lathe.workbench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for the serving endpoint, in a process of its own: follows the workbench's routes and claims to serve what they name.
 * It cannot serve a version when the file {@code cannot-serve} in its data folder names it, is not done with loading while the file
 * {@code loading} does, moves no alias while there is a file {@code keeps-aliases}, and dies of the one that {@code dies-of} names. It ends by itself when its test is gone: with the test's
 * folder, or after five minutes.
 */
public final class StandInEndpoint {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static volatile @Nullable JsonNode routes;

    private StandInEndpoint() {}

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        Path folder = Path.of(options.getOrDefault("--data", ""));
        HttpServer server = HttpServer.create(
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), Integer.parseInt(options.getOrDefault("--port", ""))),
                0);
        server.createContext("/lathe/status", exchange -> {
            byte[] body = status(folder).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        follow(options, folder);
    }

    private static void follow(Map<String, String> options, Path folder) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        String token = Files.readString(Path.of(options.getOrDefault("--token-file", "")))
                .strip();
        int known = 0;
        long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (Files.isDirectory(folder) && System.nanoTime() < end) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(options.get("--workbench") + "/api/v1/routes?wait=5&after=" + known))
                    .header("Authorization", "Bearer " + token)
                    .timeout(Duration.ofSeconds(10))
                    .build();
            try {
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    JsonNode document = MAPPER.readTree(answer.body());
                    known = document.path("version").asInt();
                    dieOf(document, folder);
                    routes = document;
                }
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
        System.exit(0);
    }

    private static void dieOf(JsonNode document, Path folder) throws IOException {
        String deadly = read(folder.resolve("dies-of"));
        for (JsonNode version : document.findValues("version")) {
            if (!document.path("version").equals(version) && version.asText().equals(deadly)) {
                Runtime.getRuntime().halt(1);
            }
        }
    }

    private static String status(Path data) throws IOException {
        JsonNode document = routes;
        ObjectNode status = MAPPER.createObjectNode()
                .put(
                        "routeVersion",
                        document == null ? 0 : document.path("version").asInt());
        ArrayNode models = status.putArray("models");
        if (document == null) {
            return status.toString();
        }
        String refused = read(data.resolve("cannot-serve"));
        String loading = read(data.resolve("loading"));
        boolean kept = Files.exists(data.resolve("keeps-aliases"));
        for (JsonNode model : document.path("models")) {
            for (JsonNode version : model.path("versions")) {
                String number = version.path("version").asText();
                String state = number.equals(refused) ? "END" : number.equals(loading) ? "LOADING" : "AVAILABLE";
                ObjectNode shown = models.addObject()
                        .put("name", model.path("name").asText())
                        .put("version", version.path("version").asInt())
                        .put("state", state)
                        .put("reason", state.equals("END") ? "it is broken" : "");
                ArrayNode aliases = shown.putArray("aliases");
                for (Map.Entry<String, JsonNode> alias : model.path("aliases").properties()) {
                    if (!kept
                            && state.equals("AVAILABLE")
                            && alias.getValue().asText().equals(number)) {
                        aliases.add(alias.getKey());
                    }
                }
            }
        }
        return status.toString();
    }

    private static String read(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }
}
