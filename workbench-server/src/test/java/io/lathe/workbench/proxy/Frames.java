package io.lathe.workbench.proxy;

import java.nio.ByteBuffer;

/** WebSocket frames as bytes (RFC 6455, 5.2). */
final class Frames {
    private Frames() {}

    /** A frame whose payload is a repeated pattern; masked by zeros, which leaves it readable. */
    static byte[] frame(int first, int length, boolean masked) {
        byte[] header = header(first, length, masked);
        byte[] frame = java.util.Arrays.copyOf(header, header.length + length);
        for (int i = 0; i < length; i++) {
            frame[header.length + i] = (byte) (i * 31 + length);
        }
        return frame;
    }

    /** Only what comes before the payload. */
    static byte[] header(int first, long length, boolean masked) {
        ByteBuffer header = ByteBuffer.allocate(14).put((byte) first);
        int mask = masked ? 0x80 : 0;
        if (length < 126) {
            header.put((byte) (mask | length));
        } else if (length < 65_536) {
            header.put((byte) (mask | 126)).putShort((short) length);
        } else {
            header.put((byte) (mask | 127)).putLong(length);
        }
        if (masked) {
            header.putInt(0);
        }
        return java.util.Arrays.copyOf(header.array(), header.position());
    }

    /** The code of a close frame that starts here, masked by zeros or not masked; -1 when it is none. */
    static int closeCode(byte[] bytes) {
        if (bytes.length < 4 || (bytes[0] & 0xFF) != (0x80 | WebSocketClose.OPCODE)) {
            return -1;
        }
        int at = (bytes[1] & 0x80) != 0 ? 6 : 2;
        return Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(at));
    }
}
