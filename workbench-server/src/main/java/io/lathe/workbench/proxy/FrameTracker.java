package io.lathe.workbench.proxy;

import java.nio.ByteBuffer;

/**
 * Where a stream of WebSocket frames stands, told by their headers alone (RFC 6455, 5.2): it holds no payload, unmasks nothing and
 * inflates nothing, so a message costs the same whatever its size. Not thread-safe.
 */
final class FrameTracker {
    private static final int LONGEST_HEADER = 14;
    private static final int MASK_BYTES = 4;

    private final long mostMessageBytes;
    private final byte[] header = new byte[LONGEST_HEADER];
    private int headerBytes;
    private long payloadLeft;
    private long messageBytes;
    private boolean closeSeen;

    /** @param mostMessageBytes payload of one message, over all its fragments and as it is on the wire */
    FrameTracker(long mostMessageBytes) {
        this.mostMessageBytes = mostMessageBytes;
    }

    /**
     * Reads on to the end of the buffer, whose position stays.
     *
     * @return false as soon as a message becomes longer than allowed; the buffer then ends before the header that says so
     */
    boolean accepts(ByteBuffer bytes) {
        int at = bytes.position();
        int end = bytes.limit();
        boolean begun = headerBytes > 0;
        while (at < end) {
            if (payloadLeft > 0) {
                long skipped = Math.min(payloadLeft, end - at);
                payloadLeft -= skipped;
                at += (int) skipped;
                continue;
            }
            header[headerBytes++] = bytes.get(at++);
            if (headerBytes < 2 || headerBytes < headerLength()) {
                continue;
            }
            int headerAt = begun ? bytes.position() : at - headerBytes;
            if (!beginsFrame()) {
                bytes.limit(headerAt);
                payloadLeft = begun ? 1 : 0;
                return false;
            }
            begun = false;
        }
        return true;
    }

    /** Whether the other end expects the header of a frame next: only then may a frame be put in. */
    boolean isBetweenFrames() {
        return headerBytes == 0 && payloadLeft == 0;
    }

    /** Whether a close frame has gone by, after which no frame may follow. */
    boolean hasSeenClose() {
        return closeSeen;
    }

    private int headerLength() {
        return 2 + lengthBytes() + ((header[1] & 0x80) != 0 ? MASK_BYTES : 0);
    }

    private int lengthBytes() {
        return switch (header[1] & 0x7F) {
            case 126 -> Short.BYTES;
            case 127 -> Long.BYTES;
            default -> 0;
        };
    }

    private boolean beginsFrame() {
        long length = length();
        int opcode = header[0] & 0x0F;
        headerBytes = 0;
        payloadLeft = length;
        if (length < 0) {
            return false;
        }
        if (opcode >= WebSocketClose.OPCODE) {
            closeSeen |= opcode == WebSocketClose.OPCODE;
            return length <= mostMessageBytes;
        }
        if (length > mostMessageBytes - messageBytes) {
            return false;
        }
        boolean last = (header[0] & 0x80) != 0;
        messageBytes = last ? 0 : messageBytes + length;
        return true;
    }

    private long length() {
        ByteBuffer bytes = ByteBuffer.wrap(header);
        return switch (lengthBytes()) {
            case Short.BYTES -> Short.toUnsignedInt(bytes.getShort(2));
            case Long.BYTES -> bytes.getLong(2);
            default -> header[1] & 0x7F;
        };
    }
}
