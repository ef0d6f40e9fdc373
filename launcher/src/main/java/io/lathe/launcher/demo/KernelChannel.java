package io.lathe.launcher.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lathe.launcher.terminal.CommandFailure;
import io.lathe.launcher.terminal.Deadline;
import io.lathe.launcher.terminal.ExitCode;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A kernel's channels over Jupyter Server's WebSocket, in the protocol without a subprotocol: each message is one text frame of JSON. One thread
 * uses it; the WebSocket's own thread only fills the queue, and stops reading while that is full.
 */
final class KernelChannel implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MESSAGE_CHARS = 32 << 20;
    private static final int QUEUE = 256;
    private static final Duration SEND_LIMIT = Duration.ofSeconds(30);
    private static final Duration PING_EVERY = Duration.ofSeconds(2);
    private static final Duration PONG_LIMIT = Duration.ofSeconds(30);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final String session;
    private final Inbox inbox;
    private final WebSocket socket;

    private KernelChannel(String session, Inbox inbox, WebSocket socket) {
        this.session = session;
        this.inbox = inbox;
        this.socket = socket;
    }

    /**
     * Opens the channels.
     *
     * @param connect makes the WebSocket for a listener
     * @param session the client's session id, the same as in the WebSocket's address
     */
    static KernelChannel open(Function<WebSocket.Listener, WebSocket> connect, String session) {
        Inbox inbox = new Inbox();
        return new KernelChannel(session, inbox, connect.apply(inbox));
    }

    /** Waits until the kernel answers at all. */
    void awaitReady(Duration limit) {
        Deadline deadline = Deadline.in(limit);
        String id = send("kernel_info_request", JSON.createObjectNode());
        while (true) {
            JsonNode message = next(deadline, "the kernel to answer");
            if (isAnswerTo(message, id) && type(message).equals("kernel_info_reply")) {
                return;
            }
        }
    }

    /**
     * Runs code and collects what it puts out, until the kernel has answered and is idle again.
     *
     * @throws CommandFailure with {@link ExitCode#UNKNOWN} where that takes longer than the limit or the connection ends
     */
    CellResult execute(String code, Duration limit) {
        Deadline deadline = Deadline.in(limit);
        ObjectNode content = JSON.createObjectNode()
                .put("code", code)
                .put("silent", false)
                .put("store_history", true)
                .put("allow_stdin", false)
                .put("stop_on_error", true);
        content.putObject("user_expressions");
        String id = send("execute_request", content);
        List<JsonNode> outputs = new ArrayList<>();
        JsonNode reply = null;
        boolean idle = false;
        while (reply == null || !idle) {
            JsonNode message = next(deadline, "a cell to end");
            if (isAnswerTo(message, id)) {
                switch (type(message)) {
                    case "execute_reply" -> reply = message.path("content");
                    case "status" ->
                        idle = message.path("content")
                                .path("execution_state")
                                .asText()
                                .equals("idle");
                    case "stream", "display_data", "execute_result", "error" -> outputs.add(output(message));
                    default -> {
                        // Echo of the input, and whatever later protocols add.
                    }
                }
            }
        }
        return new CellResult(reply, outputs);
    }

    private static JsonNode output(JsonNode message) {
        ObjectNode output = JSON.createObjectNode().put("output_type", type(message));
        output.setAll((ObjectNode) message.path("content"));
        return output;
    }

    private String send(String type, JsonNode content) {
        String id = UUID.randomUUID().toString();
        ObjectNode message = JSON.createObjectNode();
        message.putObject("header")
                .put("msg_id", id)
                .put("msg_type", type)
                .put("username", "lathe")
                .put("session", session)
                .put("date", Instant.now().toString())
                .put("version", "5.3");
        message.putObject("parent_header");
        message.putObject("metadata");
        message.set("content", content);
        message.putArray("buffers");
        message.put("channel", "shell");
        try {
            socket.sendText(message.toString(), true).get(SEND_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new CommandFailure(ExitCode.UNKNOWN, "the connection to the kernel broke: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new CommandFailure(ExitCode.UNKNOWN, "the kernel takes no messages", e);
        } catch (InterruptedException e) {
            throw cancelled(e);
        }
        return id;
    }

    private JsonNode next(Deadline deadline, String what) {
        try {
            while (!deadline.isOver() && !inbox.isDone()) {
                JsonNode message = inbox.poll(PING_EVERY.compareTo(deadline.left()) < 0 ? PING_EVERY : deadline.left());
                if (message != null) {
                    return message;
                }
                ping();
            }
        } catch (InterruptedException e) {
            throw cancelled(e);
        }
        throw new CommandFailure(
                ExitCode.UNKNOWN,
                inbox.end().isEmpty()
                        ? "waited " + deadline.limit().toSeconds() + " s for " + what
                        : "the connection to the kernel ended while waiting for " + what + ": " + inbox.end());
    }

    /** The client does not always hear of a connection's end by itself; a ping that fails or stays unanswered tells. */
    private void ping() {
        if (inbox.unansweredFor().compareTo(PONG_LIMIT) > 0) {
            inbox.end("no answer to a ping for " + PONG_LIMIT.toSeconds() + " s");
            return;
        }
        inbox.pingSent();
        var _ = socket.sendPing(ByteBuffer.allocate(0)).whenComplete((sent, failure) -> {
            if (failure != null) {
                inbox.end(String.valueOf(failure));
            }
        });
    }

    private static boolean isAnswerTo(JsonNode message, String id) {
        return message.path("parent_header").path("msg_id").asText().equals(id);
    }

    private static String type(JsonNode message) {
        return message.path("header")
                .path("msg_type")
                .asText(message.path("msg_type").asText());
    }

    private static CommandFailure cancelled(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new CommandFailure(ExitCode.CANCELLED, "cancelled", e);
    }

    @Override
    public void close() {
        try {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(CLOSE_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            socket.abort();
        } catch (InterruptedException e) {
            socket.abort();
            Thread.currentThread().interrupt();
        }
    }

    /** Puts frames together to messages. Its methods run on the WebSocket's thread, one at a time. */
    private static final class Inbox implements WebSocket.Listener {
        private static final Duration LOOK = Duration.ofMillis(200);

        private final StringBuilder partial = new StringBuilder();
        private final BlockingQueue<JsonNode> messages = new ArrayBlockingQueue<>(QUEUE);
        private volatile String end = "";
        private volatile long pingedAt;

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            if (partial.length() + data.length() > MESSAGE_CHARS) {
                stop(socket, "a message of more than " + (MESSAGE_CHARS >> 20) + " Mi characters");
                return null;
            }
            partial.append(data);
            if (last) {
                String text = partial.toString();
                partial.setLength(0);
                try {
                    messages.put(JSON.readTree(text));
                } catch (JsonProcessingException e) {
                    stop(socket, "a frame that is not JSON");
                    return null;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    stop(socket, "interrupted");
                    return null;
                }
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
            pingedAt = 0;
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            end = "closed with " + code + (reason.isEmpty() ? "" : " (" + reason + ")");
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            end = String.valueOf(error);
        }

        private void stop(WebSocket socket, String why) {
            end = why;
            socket.abort();
        }

        /** Why no message will come any more; empty while some may. */
        String end() {
            return end;
        }

        void end(String why) {
            if (end.isEmpty()) {
                end = why;
            }
        }

        boolean isDone() {
            return !end.isEmpty() && messages.isEmpty();
        }

        void pingSent() {
            if (pingedAt == 0) {
                pingedAt = System.nanoTime();
            }
        }

        /** How long the oldest ping without an answer has been waiting. */
        Duration unansweredFor() {
            long since = pingedAt;
            return since == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
        }

        /** The next message; null after the time given, or once the connection ended and all is read. */
        @Nullable
        JsonNode poll(Duration limit) throws InterruptedException {
            Deadline deadline = Deadline.in(limit);
            while (true) {
                boolean ended = !end.isEmpty();
                JsonNode message = messages.poll(ended ? 0 : LOOK.toMillis(), TimeUnit.MILLISECONDS);
                if (message != null || ended || deadline.isOver()) {
                    return message;
                }
            }
        }
    }
}
