package io.lathe.launcher.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lathe.launcher.terminal.CommandFailure;
import io.lathe.launcher.terminal.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** One call of a served model, as a consumer makes it, and its answer. */
record Prediction(String url, JsonNode answer) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Calls a model and checks the answer's shape: one labelled prediction for each row of the request.
     *
     * @param request {@code {"instances":[{row},…]}}
     */
    static Prediction ask(HttpClient http, int servingPort, String model, String token, JsonNode request) {
        String url = "http://127.0.0.1:" + servingPort + "/v1/models/" + model + ":predict";
        HttpRequest call = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(request.toString()))
                .build();
        try {
            HttpResponse<String> response = http.send(call, BodyHandlers.ofString());
            JsonNode answer = JSON.readTree(response.body());
            if (response.statusCode() != 200) {
                throw new CommandFailure(
                        ExitCode.FAILED,
                        "POST " + url + " was answered with " + response.statusCode() + ": "
                                + answer.path("error").asText(response.body()));
            }
            check(url, request.path("instances").size(), answer.path("predictions"));
            return new Prediction(url, answer);
        } catch (JsonProcessingException e) {
            throw new CommandFailure(ExitCode.FAILED, "POST " + url + " was not answered with JSON", e);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.UNKNOWN, "the serving endpoint did not answer POST " + url + " (" + e + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.CANCELLED, "cancelled", e);
        }
    }

    private static void check(String url, int rows, JsonNode predictions) {
        boolean labelled = rows > 0 && predictions.size() == rows;
        for (JsonNode prediction : predictions) {
            labelled &= !prediction.path("label").asText().isEmpty();
        }
        if (!labelled) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "POST " + url + " with " + rows + " rows was answered with " + predictions
                            + " instead of a label for each");
        }
    }
}
