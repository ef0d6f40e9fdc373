package io.lathe.workbench.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Why the edge itself ends a WebSocket, as both sides are told (RFC 6455, 7.4.1). JupyterLab does not reconnect after 1000 and 1001,
 * so neither is here: after these it tries again, and the answer to that says what a person can do.
 */
enum WebSocketClose {
    /** The notebook server or the workbench stops. */
    STOPPED(1012, "The notebook server is stopping"),
    /** Logged out, session over, or token revoked. */
    SIGNED_OUT(1008, "Not signed in any more"),
    TOO_BIG(1009, "The message is too large");

    static final int OPCODE = 8;

    private final int code;
    private final String reason;

    WebSocketClose(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    /** A close frame as a server sends it, or, masked, as a client must. */
    ByteBuffer frame(Sender sender) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        int length = Short.BYTES + text.length;
        boolean masked = sender == Sender.CLIENT;
        ByteBuffer frame = ByteBuffer.allocate(2 + (masked ? Integer.BYTES : 0) + length);
        frame.put((byte) (0x80 | OPCODE)).put((byte) (masked ? 0x80 | length : length));
        if (masked) {
            frame.putInt(0); // a mask that changes nothing: the reason is our own text, not a page's
        }
        return frame.putShort((short) code).put(text).flip();
    }

    /** Which end of a WebSocket speaks. */
    enum Sender {
        CLIENT,
        SERVER
    }
}
