package io.lathe.workbench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One request written byte by byte, as no well-behaved client would: any method, target, host and header goes out as it is given.
 */
record Wire(int port, String method, String target, String host, List<String> headers, String body) {

    static Wire to(int port, String method, String target) {
        return new Wire(port, method, target, "localhost:" + port, List.of(), "");
    }

    Wire host(String other) {
        return new Wire(port, method, target, other, headers, body);
    }

    Wire with(String... more) {
        List<String> all = new ArrayList<>(headers);
        all.addAll(List.of(more));
        return new Wire(port, method, target, host, List.copyOf(all), body);
    }

    Wire body(String contentType, String text) {
        return new Wire(port, method, target, host, headers, text).with("Content-Type: " + contentType);
    }

    /** What came back; header names in lower case. */
    record Reply(int status, List<String> headers, String body) {
        Optional<String> header(String name) {
            String start = name.toLowerCase(Locale.ROOT) + ":";
            return headers.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                    .map(line -> line.substring(start.length()).strip())
                    .findFirst();
        }

        /** Everything the client saw. */
        String all() {
            return String.join("\n", headers) + "\n\n" + body;
        }
    }

    Reply send() {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\n");
        headers.forEach(header -> head.append(header).append("\r\n"));
        head.append("Connection: close\r\nContent-Length: ")
                .append(content.length)
                .append("\r\n\r\n");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            byte[] start = head.toString().getBytes(StandardCharsets.ISO_8859_1);
            byte[] whole = new byte[start.length + content.length];
            System.arraycopy(start, 0, whole, 0, start.length);
            System.arraycopy(content, 0, whole, start.length, content.length);
            socket.getOutputStream().write(whole);
            return reply(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + target, e);
        }
    }

    private static Reply reply(Socket socket) throws IOException {
        String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new IOException("No answer: " + text);
        }
        List<String> lines = List.of(text.substring(0, end).split("\r\n"));
        int status = Integer.parseInt(lines.getFirst().split(" ")[1]);
        return new Reply(status, lines.subList(1, lines.size()), text.substring(end + 4));
    }
}
