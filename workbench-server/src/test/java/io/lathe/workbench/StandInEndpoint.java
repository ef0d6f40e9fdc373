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

/**
 * Stands in for the serving endpoint, in a process of its own: follows the workbench's routes and claims to serve what they name.
 * It cannot serve a version when the file {@code cannot-serve} in its data folder names it. It ends by itself when its test is gone: with
 * the test's folder, or after five minutes.
 */
public final class StandInEndpoint {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static volatile String status = "{\"routeVersion\":0,\"models\":[]}";

    private StandInEndpoint() {}

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        HttpServer server = HttpServer.create(
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), Integer.parseInt(options.getOrDefault("--port", ""))),
                0);
        server.createContext("/lathe/status", exchange -> {
            byte[] body = status.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        follow(options);
    }

    private static void follow(Map<String, String> options) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        String token = Files.readString(Path.of(options.getOrDefault("--token-file", "")))
                .strip();
        int known = 0;
        Path folder = Path.of(options.getOrDefault("--data", ""));
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
                    status = status(document, folder);
                }
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
        System.exit(0);
    }

    private static String status(JsonNode document, Path data) throws IOException {
        Path file = data.resolve("cannot-serve");
        String refused = Files.exists(file) ? Files.readString(file) : "";
        ObjectNode status = MAPPER.createObjectNode()
                .put("routeVersion", document.path("version").asInt());
        ArrayNode models = status.putArray("models");
        for (JsonNode model : document.path("models")) {
            for (JsonNode version : model.path("versions")) {
                boolean broken = refused.equals(version.path("version").asText());
                models.addObject()
                        .put("name", model.path("name").asText())
                        .put("version", version.path("version").asInt())
                        .put("state", broken ? "END" : "AVAILABLE")
                        .put("reason", broken ? "it is broken" : "");
            }
        }
        return status.toString();
    }
}
