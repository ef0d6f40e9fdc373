package io.lathe.workbench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lathe.workbench.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A WebSocket client small enough to see every frame: what ends a connection is what these tests are about. */
final class LabSocket implements AutoCloseable {
    private static final ObjectMapper READER = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxStringLength(100_000_000).build())
            .build());

    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    /** How a connection ended: the close frame's code, or 1006 when it ended without one. */
    static final int ABNORMAL = 1006;

    /** RFC 6455, 7.4.1: what an empty close frame stands for. */
    private static final int NO_STATUS = 1005;

    final int status;
    private final Socket socket;
    private final DataInputStream in;
    private int closeCode;

    private LabSocket(Socket socket, int status) throws IOException {
        this.socket = socket;
        this.status = status;
        this.in = new DataInputStream(socket.getInputStream());
    }

    static LabSocket open(Socket socket, String path, String host, String headers) {
        try {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: " + host
                                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + headers + "\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            String head = LabBrowser.readHead(socket.getInputStream());
            return new LabSocket(socket, Integer.parseInt(head.split(" ", 3)[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void send(String text) {
        frame(0x80 | TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A frame whose mask changes nothing. */
    private void frame(int first, byte[] payload) {
        byte[] header = header(first, payload.length);
        byte[] frame = Arrays.copyOf(header, header.length + payload.length);
        System.arraycopy(payload, 0, frame, header.length, payload.length);
        raw(frame);
    }

    private static byte[] header(int first, long length) {
        ByteBuffer header = ByteBuffer.allocate(14).put((byte) first);
        if (length < 126) {
            header.put((byte) (0x80 | length));
        } else if (length < 65_536) {
            header.put((byte) (0x80 | 126)).putShort((short) length);
        } else {
            header.put((byte) (0x80 | 127)).putLong(length);
        }
        return Arrays.copyOf(header.array(), header.position() + Integer.BYTES);
    }

    /** Announces a text message of so many bytes and sends none of them. */
    void announce(long length) {
        raw(header(0x80 | TEXT, length));
    }

    private void raw(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next text message; null when the connection has ended, see {@link #closeCode}. */
    @Nullable
    String receive() {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        try {
            while (true) {
                int first = in.readUnsignedByte();
                long length = in.readUnsignedByte() & 0x7F;
                length = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
                byte[] payload = in.readNBytes((int) length);
                switch (first & 0x0F) {
                    case CLOSE -> {
                        closeCode = payload.length < Short.BYTES
                                ? NO_STATUS
                                : ByteBuffer.wrap(payload).getShort();
                        return null;
                    }
                    case PING -> frame(0x80 | PONG, payload);
                    case PONG -> {}
                    default -> {
                        message.write(payload);
                        if ((first & 0x80) != 0) {
                            return message.toString(StandardCharsets.UTF_8);
                        }
                    }
                }
            }
        } catch (IOException e) {
            closeCode = ABNORMAL;
            return null;
        }
    }

    /** Reads to the end and says how it came. */
    int closeCode() {
        while (closeCode == 0) {
            if (receive() == null) {
                break;
            }
        }
        return closeCode;
    }

    /** Reads until the kernel's state is this one. */
    void awaitState(String state) {
        for (String text = receive(); text != null; text = receive()) {
            if (tree(text).path("content").path("execution_state").asText().equals(state)) {
                return;
            }
        }
        throw new IllegalStateException("The connection ended with " + closeCode + " before the kernel was " + state);
    }

    /** Runs a cell on the kernel behind this socket; answers what it printed and its result, as text. */
    String execute(String code) {
        return output(request(code), "");
    }

    /** Asks to run a cell; answers the request's id. */
    String request(String code) {
        String id = UUID.randomUUID().toString();
        send(Json.write(Map.of(
                "channel", "shell",
                "header",
                        Map.of(
                                "msg_id",
                                id,
                                "username",
                                "test",
                                "session",
                                "test",
                                "msg_type",
                                "execute_request",
                                "version",
                                "5.3"),
                "parent_header", Map.of(),
                "metadata", Map.of(),
                "content",
                        Map.of(
                                "code",
                                code,
                                "silent",
                                false,
                                "store_history",
                                true,
                                "user_expressions",
                                Map.of(),
                                "allow_stdin",
                                false))));
        return id;
    }

    /** What the request prints and its result, until it has ended or, unless it is empty, this text has come. */
    String output(String id, String until) {
        StringBuilder output = new StringBuilder();
        for (String text = receive(); text != null; text = receive()) {
            JsonNode message = tree(text);
            if (!message.path("parent_header").path("msg_id").asText().equals(id)) {
                continue;
            }
            JsonNode content = message.path("content");
            switch (message.path("header").path("msg_type").asText()) {
                case "stream" -> output.append(content.path("text").asText());
                case "execute_result", "display_data" ->
                    output.append(content.path("data").path("text/plain").asText());
                case "error" -> output.append(content.path("ename").asText());
                case "status" -> {
                    if (content.path("execution_state").asText().equals("idle")) {
                        return output.toString();
                    }
                }
                default -> {}
            }
            if (!until.isEmpty() && output.indexOf(until) >= 0) {
                return output.toString();
            }
        }
        throw new IllegalStateException("The connection ended with " + closeCode + " while a cell ran");
    }

    /** Without the bounds that the product reads JSON with: a kernel's message may be large. */
    private static JsonNode tree(String text) {
        try {
            return READER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
