package io.lathe.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A project's host in small, over real sockets: the ticket, Jupyter's contents and sessions, and a kernel's WebSocket without a subprotocol. It
 * refuses what the real one refuses: another host, missing cookies, origin or XSRF token.
 */
final class SmallJupyter implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BASE = "/projects/penguins";
    private static final String XSRF = "2|token";

    private final ServerSocket listener;
    private final List<String> cells;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> executed = new CopyOnWriteArrayList<>();

    SmallJupyter(String... cells) throws IOException {
        this.cells = List.of(cells);
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    String ticket() {
        return "http://" + host() + "/lathe/enter?ticket=once";
    }

    /** Method and path of each request, in order. */
    List<String> requests() {
        return requests;
    }

    /** The code that the kernel was asked to run, in order. */
    List<String> executed() {
        return executed;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private String host() {
        return "penguins.notebooks.localhost:" + listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            OutputStream out = new BufferedOutputStream(socket.getOutputStream());
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                String[] words = line.split(" ");
                Map<String, String> headers = headers(in);
                int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
                in.readNBytes(length);
                requests.add(words[0] + " " + words[1]);
                if (headers.containsKey("sec-websocket-key") && !refused(words[0], headers, true)) {
                    upgrade(headers, out);
                    new Kernel(in, out).run();
                    return;
                }
                out.write(answer(words[0], words[1], headers).getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (IOException e) {
            // The client went away.
            return;
        }
    }

    private String answer(String method, String path, Map<String, String> headers) {
        if (!headers.getOrDefault("host", "").equals(host())) {
            return response("421 Misdirected Request", "", "{}");
        }
        if (path.equals("/lathe/enter?ticket=once")) {
            return response(
                    "303 See Other",
                    "Set-Cookie: lathe_project=secret; HttpOnly; SameSite=Strict\r\nLocation: " + BASE + "/lab\r\n",
                    "");
        }
        if (refused(method, headers, false)) {
            return response("403 Forbidden", "", "{\"message\":\"no cookie, origin or token\"}");
        }
        return switch (method + " " + path) {
            case "GET " + BASE + "/lab" ->
                response("200 OK", "Set-Cookie: _xsrf=\"" + XSRF + "\"; Path=" + BASE + "/\r\n", "<html>");
            case "GET " + BASE + "/api/contents/?content=1" ->
                response(
                        "200 OK",
                        "",
                        "{\"content\":[{\"type\":\"file\",\"path\":\"a.csv\"},{\"type\":\"notebook\",\"path\":\"first one.ipynb\"}]}");
            case "GET " + BASE + "/api/contents/first%20one.ipynb?content=1" -> response("200 OK", "", notebook());
            case "POST " + BASE + "/api/sessions" ->
                response("201 Created", "", "{\"id\":\"s1\",\"kernel\":{\"id\":\"k1\"}}");
            case "DELETE " + BASE + "/api/sessions/s1" -> response("204 No Content", "", "");
            default -> response("404 Not Found", "", "{}");
        };
    }

    private boolean refused(String method, Map<String, String> headers, boolean upgrade) {
        boolean unsafe = upgrade || !method.equals("GET");
        boolean cookie = headers.getOrDefault("cookie", "").contains("lathe_project=secret");
        boolean origin = headers.getOrDefault("origin", "").equals("http://" + host());
        boolean xsrf = upgrade || headers.getOrDefault("x-xsrftoken", "").equals(XSRF);
        return !cookie || (unsafe && !(origin && xsrf));
    }

    private String notebook() {
        ObjectNode answer = JSON.createObjectNode();
        ObjectNode content = answer.putObject("content");
        content.putObject("metadata").putObject("kernelspec").put("name", "java");
        var list = content.putArray("cells");
        list.addObject().put("cell_type", "markdown").put("source", "# Title");
        for (String cell : cells) {
            ObjectNode code = list.addObject().put("cell_type", "code");
            var lines = code.putArray("source");
            cell.lines().map(line -> line + "\n").forEach(lines::add);
        }
        return answer.toString();
    }

    private static String response(String status, String headers, String body) {
        return "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    private static void upgrade(Map<String, String> headers, OutputStream out) throws IOException {
        String key = headers.get("sec-websocket-key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(key.getBytes(StandardCharsets.US_ASCII));
            String accept = Base64.getEncoder().encodeToString(hash);
            out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: " + accept + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static Map<String, String> headers(DataInputStream in) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    /** Speaks RFC 6455 frames and Jupyter's messages; what a cell does is in its first word. */
    private final class Kernel {
        private static final int TEXT = 1;
        private static final int CLOSE = 8;
        private static final int PING = 9;
        private static final int FRAGMENT = 50_000;

        private final DataInputStream in;
        private final OutputStream out;

        Kernel(DataInputStream in, OutputStream out) {
            this.in = in;
            this.out = out;
        }

        void run() throws IOException {
            while (true) {
                int first = in.readUnsignedByte();
                long length = in.readUnsignedByte() & 0x7f;
                length = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
                byte[] mask = in.readNBytes(4);
                byte[] data = in.readNBytes((int) length);
                for (int i = 0; i < data.length; i++) {
                    data[i] ^= mask[i % 4];
                }
                switch (first & 0x0f) {
                    case TEXT -> answer(JSON.readTree(data));
                    case CLOSE -> {
                        frame(CLOSE, true, data);
                        return;
                    }
                    default -> {
                        // A pong.
                    }
                }
            }
        }

        private void answer(JsonNode request) throws IOException {
            if (request.path("header").path("msg_type").asText().equals("kernel_info_request")) {
                send(
                        request,
                        "kernel_info_reply",
                        "shell",
                        JSON.createObjectNode().put("status", "ok"));
                return;
            }
            String code = request.path("content").path("code").asText();
            executed.add(code.strip());
            ObjectNode reply = JSON.createObjectNode().put("status", "ok");
            switch (code.split("[\\s(]")[0]) {
                case "boom" -> {
                    reply = JSON.createObjectNode()
                            .put("status", "error")
                            .put("ename", "Boom")
                            .put("evalue", "it broke");
                    reply.putArray("traceback")
                            .add("\u001b[1;31mBoom: it broke\u001b[0m")
                            .add("  at cell");
                    send(request, "error", "iopub", reply);
                }
                case "big" ->
                    send(
                            request,
                            "stream",
                            "iopub",
                            JSON.createObjectNode().put("name", "stdout").put("text", "é".repeat(600_000)));
                case "publish" -> {
                    ObjectNode display = JSON.createObjectNode();
                    display.putObject("data")
                            .putObject("application/vnd.lathe.publication+json")
                            .put("id", "p-7");
                    send(request, "execute_result", "iopub", display);
                }
                case "vanish" -> throw new IOException("gone without a close frame");
                case "close" ->
                    frame(
                            CLOSE,
                            true,
                            ByteBuffer.allocate(6)
                                    .putShort((short) 1011)
                                    .put("dead".getBytes(StandardCharsets.US_ASCII))
                                    .array());
                default ->
                    send(
                            request,
                            "stream",
                            "iopub",
                            JSON.createObjectNode().put("name", "stdout").put("text", code));
            }
            // The reply may overtake the outputs: they come by different ways.
            send(request, "execute_reply", "shell", reply);
            send(request, "status", "iopub", JSON.createObjectNode().put("execution_state", "idle"));
        }

        private void send(JsonNode request, String type, String channel, JsonNode content) throws IOException {
            ObjectNode message = JSON.createObjectNode().put("channel", channel);
            message.putObject("header").put("msg_type", type).put("msg_id", "x");
            message.set("parent_header", request.path("header"));
            message.set("content", content);
            byte[] bytes = message.toString().getBytes(StandardCharsets.UTF_8);
            List<byte[]> parts = new ArrayList<>();
            for (int at = 0; at < bytes.length; at += FRAGMENT) {
                parts.add(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + FRAGMENT)));
            }
            for (int i = 0; i < parts.size(); i++) {
                frame(i == 0 ? TEXT : 0, i == parts.size() - 1, parts.get(i));
                frame(PING, true, new byte[0]);
            }
        }

        private void frame(int kind, boolean last, byte[] data) throws IOException {
            ByteBuffer head = ByteBuffer.allocate(10);
            head.put((byte) ((last ? 0x80 : 0) | kind));
            if (data.length < 126) {
                head.put((byte) data.length);
            } else if (data.length < 1 << 16) {
                head.put((byte) 126).putShort((short) data.length);
            } else {
                head.put((byte) 127).putLong(data.length);
            }
            out.write(head.array(), 0, head.position());
            out.write(data);
            out.flush();
        }
    }
}
