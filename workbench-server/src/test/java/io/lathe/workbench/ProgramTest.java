package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.lathe.workbench.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What VS Code's "existing Jupyter server" sends, against a real JupyterLab: a token in the query or the header, no cookie, no XSRF
 * token, another origin or none.
 */
@Tag("slow")
class ProgramTest {
    @TempDir
    static Path data;

    private static WorkbenchProcess workbench;
    private static String token;

    @BeforeAll
    static void start() {
        workbench = new WorkbenchProcess(data, List.of("-Xmx96m"), "penguins", "other");
        workbench.open("penguins");
        token = issue("vscode");
    }

    @AfterAll
    static void stop() {
        if (workbench != null) {
            workbench.close();
        }
    }

    private static String issue(String name) {
        return workbench
                .send("POST", "/api/v1/tokens", Json.write(Map.of("name", name, "role", "developer", "days", 1)))
                .path("token")
                .asText();
    }

    /** A client that keeps no cookies. */
    private static LabBrowser.Answer send(String method, String path, String headers, String body) {
        return new LabBrowser("penguins", workbench.port())
                .exchange(
                        method,
                        "/projects/penguins" + path,
                        headers + "Content-Type: application/json\r\n",
                        body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void tokenInTheQueryOrTheHeaderOpensASessionAndItsKernelRunsCells() {
        String inHeader = "Authorization: token " + token + "\r\n";
        for (String[] way : new String[][] {
            {"?token=" + token, ""}, {"", inHeader}, {"", inHeader + "Origin: vscode-file://vscode-app\r\n"}
        }) {
            assertThat(send("GET", "/api" + way[0], way[1], "")
                            .json()
                            .path("version")
                            .asText())
                    .isNotEmpty();
            assertThat(send("GET", "/api/kernelspecs" + way[0], way[1], "").status())
                    .isEqualTo(200);
            LabBrowser.Answer session = send(
                    "POST",
                    "/api/sessions" + way[0],
                    way[1],
                    "{\"path\":\"a.ipynb\",\"name\":\"a\",\"type\":\"notebook\",\"kernel\":{\"name\":\"python3\"}}");
            assertThat(session.status()).as(session::text).isEqualTo(201);
            String kernel = session.json().path("kernel").path("id").asText();
            String query = way[0].isEmpty() ? "?session_id=vs" : way[0] + "&session_id=vs";
            try (LabSocket socket = open("/projects/penguins/api/kernels/" + kernel + "/channels" + query, way[1])) {
                assertThat(socket.status).isEqualTo(101);
                assertThat(socket.execute("6 * 7")).isEqualTo("42");
            }
            assertThat(send(
                                    "DELETE",
                                    "/api/sessions/" + session.json().path("id").asText() + way[0],
                                    way[1],
                                    "")
                            .status())
                    .isEqualTo(204);
        }
    }

    /**
     * What the Jupyter extension sends from the moment that an address with a token is entered, in its order: it asks without the token
     * whether this is a JupyterHub and whether there is a password to ask for, and then makes a file that its session belongs to.
     */
    @Test
    void callsOfVsCodesExistingServerAreAnsweredInTheirOrder() {
        for (String probe : List.of("/hub/api", "/tree?")) {
            LabBrowser.Answer answer = send("GET", probe, "Accept: */*\r\n", "");
            assertThat(answer.status())
                    .as("no hub, no form for a password: " + probe)
                    .isEqualTo(401);
            assertThat(answer.head()).doesNotContainIgnoringCase("\nset-cookie:");
        }
        String headers = "Authorization: token " + token + "\r\nCache-Control: no-store\r\n";
        assertThat(send("GET", "/api/kernels?1", headers, "").json().isArray()).isTrue();
        assertThat(send("GET", "/api/kernelspecs?1", headers, "")
                        .json()
                        .path("kernelspecs")
                        .path("python3")
                        .isObject())
                .isTrue();
        assertThat(send("GET", "/api/sessions?1", headers, "").json().isArray()).isTrue();

        String untitled = send("POST", "/api/contents/?1", headers, "{\"type\":\"notebook\"}")
                .json()
                .path("path")
                .asText();
        assertThat(untitled).endsWith(".ipynb");
        String backing = "analysis-jvsc-1b2c.ipynb";
        assertThat(send("PATCH", "/api/contents/" + untitled + "?1", headers, Json.write(Map.of("path", backing)))
                        .status())
                .isEqualTo(200);
        LabBrowser.Answer session = send(
                "POST",
                "/api/sessions?1",
                headers,
                Json.write(Map.of(
                        "path", backing, "name", backing, "type", "notebook", "kernel", Map.of("name", "python3"))));
        assertThat(session.status()).as(session::text).isEqualTo(201);
        String kernel = session.json().path("kernel").path("id").asText();
        try (LabSocket socket = open(
                "/projects/penguins/api/kernels/" + kernel + "/channels?session_id=vs&token=" + token,
                "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n")) {
            assertThat(socket.status).isEqualTo(101);
            assertThat(socket.execute("answer = 42\nanswer")).isEqualTo("42");
            assertThat(send("POST", "/api/kernels/" + kernel + "/interrupt?1", headers, "")
                            .status())
                    .isEqualTo(204);
            assertThat(send("POST", "/api/kernels/" + kernel + "/restart?1", headers, "")
                            .status())
                    .isEqualTo(200);
        }
        assertThat(send("DELETE", "/api/sessions/" + session.json().path("id").asText() + "?1", headers, "")
                        .status())
                .isEqualTo(204);
        assertThat(send("DELETE", "/api/contents/" + backing + "?1", headers, "")
                        .status())
                .isEqualTo(204);
    }

    /** An _xsrf cookie that some other server of the name left behind is no reason to ask a program for what it cannot have. */
    @Test
    void cookiesBesideATokenCountForNothing() {
        String headers = "Authorization: token " + token + "\r\nCookie: _xsrf=2|old; lathe_project=nobody\r\n";

        assertThat(send("POST", "/api/kernels", headers, "{\"name\":\"python3\"}")
                        .status())
                .isEqualTo(201);
        assertThat(send("POST", "/api/kernels?_xsrf=wrong", headers, "{\"name\":\"python3\"}")
                        .status())
                .isEqualTo(201);
        assertThat(send("POST", "/api/kernels", "Cookie: _xsrf=a\r\nX-XSRFToken: a\r\n", "{}")
                        .status())
                .as("the same word in cookie and header lets nobody in")
                .isEqualTo(401);
    }

    private static LabSocket open(String path, String headers) {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), workbench.port());
            socket.setSoTimeout(60_000);
            return LabSocket.open(socket, path, new LabBrowser("penguins", workbench.port()).host(), headers);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void revokedTokenEndsItsKernelSocketsAtOnceAndIsRefused() {
        String leaving = issue("leaving");
        String kernel = send("POST", "/api/kernels?token=" + leaving, "", "{\"name\":\"python3\"}")
                .json()
                .path("id")
                .asText();
        try (LabSocket socket = open("/projects/penguins/api/kernels/" + kernel + "/channels?token=" + leaving, "")) {
            assertThat(socket.execute("1 + 1")).isEqualTo("2");

            workbench.send("DELETE", "/api/v1/tokens/leaving");

            assertThat(socket.closeCode()).isEqualTo(1008);
        }
        assertThat(send("GET", "/api/kernels?token=" + leaving, "", "").status())
                .isEqualTo(401);
    }

    @Test
    void tokenIsWrittenToNoLog() throws IOException {
        send("GET", "/api/contents/nowhere?token=" + token, "", "");
        try (var files = Files.walk(data.resolve("logs"))) {
            for (Path log : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(log)).as(log.toString()).doesNotContain(token);
            }
        }
        assertThat(workbench.output()).doesNotContain(token);
    }
}
