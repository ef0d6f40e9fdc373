package io.lathe.launcher.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lathe.launcher.terminal.CommandFailure;
import io.lathe.launcher.terminal.ExitCode;
import java.io.IOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * A project's own host, entered as a browser enters it: by a ticket, then with its cookies, an {@code Origin} and Jupyter's XSRF token. Java does
 * not resolve {@code *.notebooks.localhost}, so it connects to the loopback address and says the host's name. One thread uses it.
 */
final class ProjectHost {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int REDIRECTS = 10;

    private final HttpClient http;
    private final int port;
    private final String host;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    private ProjectHost(HttpClient http, int port, String host) {
        this.http = http;
        this.port = port;
        this.host = host;
    }

    /**
     * Enters by a ticket and follows where it leads, as far as JupyterLab's page.
     *
     * @param http a client that does not follow redirects by itself and may set {@code Host}
     * @param ticket the address of {@code POST …/tickets}; it names the host
     */
    static ProjectHost enter(HttpClient http, URI ticket) {
        ProjectHost host = new ProjectHost(http, ticket.getPort(), ticket.getAuthority());
        URI next = ticket;
        for (int i = 0; i < REDIRECTS; i++) {
            HttpResponse<String> response =
                    host.exchange(host.request(pathOf(next)).GET().build());
            Optional<String> location = response.headers().firstValue("Location");
            if (response.statusCode() / 100 != 3 || location.isEmpty()) {
                host.expectSuccess(response);
                return host;
            }
            next = next.resolve(location.get());
            if (!host.host.equals(next.getAuthority())) {
                throw new CommandFailure(
                        ExitCode.FAILED,
                        "the ticket for " + host.host + " was not taken: it led to " + next.getAuthority()
                                + next.getPath());
            }
        }
        throw new CommandFailure(ExitCode.FAILED, "the ticket for " + host.host + " led round in circles");
    }

    JsonNode get(String path) {
        return parse(expectSuccess(exchange(request(path).GET().build())));
    }

    JsonNode post(String path, JsonNode body) {
        return parse(expectSuccess(exchange(unsafe(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build())));
    }

    void delete(String path) {
        expectSuccess(exchange(unsafe(path).DELETE().build()));
    }

    /** Opens a WebSocket on this host. */
    WebSocket webSocket(String path, WebSocket.Listener listener) {
        try {
            return http.newWebSocketBuilder()
                    .connectTimeout(TIMEOUT)
                    .header("Host", host)
                    .header("Origin", "http://" + host)
                    .header("Cookie", cookieHeader())
                    .buildAsync(URI.create("ws://" + address() + path), listener)
                    .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new CommandFailure(
                    ExitCode.UNKNOWN, "the WebSocket " + path + " of " + host + " was refused: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new CommandFailure(
                    ExitCode.UNKNOWN,
                    "the WebSocket " + path + " of " + host + " was not open within " + TIMEOUT.toSeconds() + " s",
                    e);
        } catch (InterruptedException e) {
            throw cancelled(e);
        }
    }

    private String address() {
        return host.startsWith("127.") ? host : "127.0.0.1:" + port;
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create("http://" + address() + path))
                .timeout(TIMEOUT)
                .header("Host", host);
        if (!cookies.isEmpty()) {
            builder.header("Cookie", cookieHeader());
        }
        return builder;
    }

    private HttpRequest.Builder unsafe(String path) {
        HttpRequest.Builder builder = request(path).header("Origin", "http://" + host);
        String xsrf = cookies.get("_xsrf");
        if (xsrf != null) {
            builder.header("X-XSRFToken", xsrf);
        }
        return builder;
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            remember(response.headers().allValues("Set-Cookie"));
            return response;
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.UNKNOWN,
                    host + " did not answer " + request.method() + " "
                            + request.uri().getPath() + " (" + e + ")",
                    e);
        } catch (InterruptedException e) {
            throw cancelled(e);
        }
    }

    private void remember(List<String> lines) {
        for (String line : lines) {
            for (HttpCookie cookie : HttpCookie.parse(line)) {
                if (cookie.getMaxAge() == 0 || cookie.getValue().isEmpty()) {
                    cookies.remove(cookie.getName());
                } else {
                    cookies.put(cookie.getName(), cookie.getValue());
                }
            }
        }
    }

    private String cookieHeader() {
        return cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    private HttpResponse<String> expectSuccess(HttpResponse<String> response) {
        if (response.statusCode() / 100 != 2) {
            JsonNode body = parse(response);
            String reason = body.path("detail").asText(body.path("message").asText(""));
            throw new CommandFailure(
                    ExitCode.FAILED,
                    response.request().method() + " " + response.request().uri().getPath() + " of " + host
                            + " was answered with " + response.statusCode() + (reason.isEmpty() ? "" : ": " + reason));
        }
        return response;
    }

    private static JsonNode parse(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    private static String pathOf(URI uri) {
        return uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
    }

    private static CommandFailure cancelled(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new CommandFailure(ExitCode.CANCELLED, "cancelled", e);
    }
}
