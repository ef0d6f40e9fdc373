package io.lathe.datasets.store;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Optional;

/** An object fetched part by part; the first part at once, so that a missing object is known when it is opened. */
final class HttpPartsInputStream extends InputStream {
    /** Fetches at most {@code length} bytes from {@code offset}: 206 or 200 with bytes, or 416 when there are none. */
    interface Parts {
        HttpResponse<byte[]> fetch(long offset, int length);
    }

    private final Parts parts;
    private final ObjectKey key;
    private final long end;
    private byte[] part = new byte[0];
    private int position;
    private long offset;
    private boolean last;
    private Optional<String> tag = Optional.empty();

    HttpPartsInputStream(Parts parts, ObjectKey key, ByteRange range) {
        this.parts = parts;
        this.key = key;
        this.offset = range.offset();
        this.end = range.length() > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + range.length();
        fetch();
    }

    @Override
    public int read() {
        var single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int from, int length) {
        if (length == 0) {
            return 0;
        }
        if (position == part.length && !last) {
            fetch();
        }
        if (position == part.length) {
            return -1;
        }
        var n = Math.min(length, part.length - position);
        System.arraycopy(part, position, buffer, from, n);
        position += n;
        return n;
    }

    private void fetch() {
        var asked = (int) Math.min(HttpObjectStore.PART_BYTES, end - offset);
        var answer = parts.fetch(offset, asked);
        if (answer.statusCode() == 416) {
            part = new byte[0];
            last = true;
        } else if (answer.statusCode() == 206) {
            requireSameObject(answer);
            part = answer.body();
            last = part.length < asked || offset + asked == end;
        } else {
            part = wholeObject(answer.body(), asked);
            last = true;
        }
        position = 0;
        offset += part.length;
    }

    private void requireSameObject(HttpResponse<byte[]> answer) {
        var now = answer.headers().firstValue("ETag");
        if (tag.isPresent() && !tag.equals(now)) {
            throw new LatheException(ProblemCode.CONFLICT, key + " moved while it was read. Read it again.");
        }
        tag = now;
    }

    /** A server that does not cut ranges sent all of a small object. */
    private byte[] wholeObject(byte[] all, int asked) {
        var from = (int) Math.min(offset, all.length);
        return Arrays.copyOfRange(all, from, Math.min(all.length, from + asked));
    }
}
