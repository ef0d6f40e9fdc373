package io.lathe.workbench;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.workbench.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A browser on one project's host name: keeps cookies, sends its origin, and speaks to JupyterLab as JupyterLab's own page does. */
final class LabBrowser {
    /**
     * A head and a body.
     *
     * @param body one character for each byte
     */
    record Answer(int status, String head, String body) {
        byte[] bytes() {
            return body.getBytes(StandardCharsets.ISO_8859_1);
        }

        String text() {
            return new String(bytes(), StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return Json.tree(text());
        }
    }

    final Map<String, String> cookies = new LinkedHashMap<>();
    final String project;
    private final int port;
    private int dialled;

    LabBrowser(String project, int port) {
        this.project = project;
        this.port = port;
        this.dialled = port;
    }

    /** Connects to this port from now on, behind which the workbench is, too. */
    void through(int other) {
        dialled = other;
    }

    String host() {
        return project + ".notebooks.localhost:" + port;
    }

    String origin() {
        return "http://" + host();
    }

    /** Follows a ticket and opens the lab, whose page sets Jupyter's own cookie. */
    Answer enter(String ticket) {
        exchange("GET", "/lathe/enter?ticket=" + ticket, "", new byte[0]);
        return get("/projects/" + project + "/lab");
    }

    Answer get(String path) {
        return exchange("GET", path, "", new byte[0]);
    }

    /** An unsafe request with the headers that JupyterLab's page sends. */
    Answer send(String method, String path, String body) {
        return exchange(
                method,
                path,
                "Origin: " + origin() + "\r\nX-XSRFToken: " + cookies.getOrDefault("_xsrf", "")
                        + "\r\nContent-Type: application/json\r\n",
                body.getBytes(StandardCharsets.UTF_8));
    }

    /** One piece of an upload as JupyterLab's file browser sends it; the last one has number -1. */
    Answer sendPiece(String path, int number, byte[] bytes) {
        return send(
                "PUT",
                path,
                Json.write(Map.of(
                        "type",
                        "file",
                        "format",
                        "base64",
                        "chunk",
                        number,
                        "content",
                        Base64.getEncoder().encodeToString(bytes))));
    }

    /**
     * Sends one request.
     *
     * @param headers lines, each ended by CR LF
     * @param body null to send none although the headers announce one
     */
    Answer exchange(String method, String path, String headers, byte @Nullable [] body) {
        try (Socket socket = connect()) {
            String length = body != null && (body.length > 0 || !method.equals("GET"))
                    ? "Content-Length: " + body.length + "\r\n"
                    : "";
            socket.getOutputStream()
                    .write((method + " " + path + " HTTP/1.0\r\nHost: " + host() + "\r\n" + cookieHeader() + length
                                    + headers + "\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            if (body != null) {
                socket.getOutputStream().write(body);
            }
            String head = readHead(socket.getInputStream());
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);
            keepCookies(head);
            return new Answer(
                    Integer.parseInt(head.split(" ", 3)[1]), head, answer.toString(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks for a file; the body's bytes are the next that the socket gives. */
    Socket begin(String path) {
        try {
            Socket socket = connect();
            socket.setReceiveBufferSize(64 * 1024);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.0\r\nHost: " + host() + "\r\n" + cookieHeader() + "\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            String head = readHead(socket.getInputStream());
            if (!head.startsWith("HTTP/1.1 200")) {
                throw new IllegalStateException("No file " + path + ": " + head);
            }
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A kernel that JupyterLab has started for this page. */
    String startKernel(String name) {
        Answer kernel = send("POST", "/projects/" + project + "/api/kernels", "{\"name\":\"" + name + "\"}");
        if (kernel.status() != 201) {
            throw new IllegalStateException("No kernel: " + kernel.head() + kernel.text());
        }
        return kernel.json().path("id").asText();
    }

    LabSocket kernelSocket(String kernel) {
        return kernelSocket(kernel, "test");
    }

    LabSocket kernelSocket(String kernel, String session) {
        return socket("/projects/" + project + "/api/kernels/" + kernel + "/channels?session_id=" + session, origin());
    }

    LabSocket socket(String path, String from) {
        return LabSocket.open(connect(), path, host(), cookieHeader() + "Origin: " + from + "\r\n");
    }

    private Socket connect() {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), dialled);
            socket.setSoTimeout(60_000);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String cookieHeader() {
        return cookies.isEmpty()
                ? ""
                : cookies.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining("; ", "Cookie: ", "\r\n"));
    }

    private void keepCookies(String head) {
        head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("set-cookie:"))
                .map(line -> line.substring("set-cookie:".length())
                        .strip()
                        .split(";", 2)[0]
                        .split("=", 2))
                .forEach(pair -> cookies.put(pair[0], pair[1]));
    }

    static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("The connection ended in a head: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
