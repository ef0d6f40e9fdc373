package io.lathe.kernel.output;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Lets UTF-8 through in whole characters only. The kernel decodes what has arrived at each flush; a character whose bytes came in
 * two flushes would be shown as two question marks. Bytes that are no UTF-8 pass as they are. Safe for several threads.
 */
final class WholeCharacters extends OutputStream {
    /** A character of UTF-8 has at most four bytes, so at most three wait for the rest. */
    private static final int LONGEST_START = 3;

    private final OutputStream out;
    private final byte[] waiting = new byte[LONGEST_START];
    private int waits;

    WholeCharacters(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return;
        }
        byte[] all = bytes;
        int from = offset;
        int to = offset + length;
        if (waits > 0) {
            all = new byte[waits + length];
            System.arraycopy(waiting, 0, all, 0, waits);
            System.arraycopy(bytes, offset, all, waits, length);
            from = 0;
            to = all.length;
        }
        int end = endOfWholeCharacters(all, from, to);
        waits = to - end;
        System.arraycopy(all, end, waiting, 0, waits);
        out.write(all, from, end - from);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    /** Where the last character begins if it is not complete, else {@code to}. */
    private static int endOfWholeCharacters(byte[] bytes, int from, int to) {
        for (int back = 1; back <= LONGEST_START && to - back >= from; back++) {
            int value = bytes[to - back] & 0xFF;
            if (value < 0x80) {
                return to;
            }
            if (value >= 0xC0) {
                int needed = value >= 0xF0 ? 4 : value >= 0xE0 ? 3 : 2;
                return needed > back ? to - back : to;
            }
        }
        return to;
    }
}
