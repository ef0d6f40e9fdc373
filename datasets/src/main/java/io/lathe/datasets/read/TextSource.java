package io.lathe.datasets.read;

import io.lathe.datasets.store.Content;
import java.io.BufferedInputStream;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/** The characters of a file: unpacked if it is gzipped, without a byte-order mark, and its beginning for a look ahead. Bytes that are not text are errors, never replaced. */
final class TextSource extends FilterReader {
    private static final int AHEAD = 1 << 16;

    private final char[] beginning;
    private final int length;
    private int position;

    private TextSource(Reader in) throws IOException {
        super(in);
        this.beginning = new char[AHEAD];
        this.length = readFully(in, beginning);
    }

    static TextSource open(Content content, Charset charset) throws IOException {
        var raw = new BufferedInputStream(content.open(), AHEAD);
        try {
            var plain =
                    startsWith(raw, 0x1f, 0x8b) ? new BufferedInputStream(new GZIPInputStream(raw, AHEAD), AHEAD) : raw;
            var decoder = withoutMark(plain, charset)
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT);
            return new TextSource(new InputStreamReader(plain, decoder));
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    /** The first characters of the text. */
    CharSequence beginning() {
        return new String(beginning, 0, length);
    }

    @Override
    public int read() throws IOException {
        return position < length ? beginning[position++] : super.read();
    }

    @Override
    public int read(char[] buffer, int offset, int count) throws IOException {
        if (position == length) {
            return super.read(buffer, offset, count);
        }
        var n = Math.min(count, length - position);
        System.arraycopy(beginning, position, buffer, offset, n);
        position += n;
        return n;
    }

    /** Skips a byte-order mark and answers the charset it names, else the given one. */
    private static Charset withoutMark(InputStream in, Charset charset) throws IOException {
        if (startsWith(in, 0xef, 0xbb, 0xbf)) {
            in.skipNBytes(3);
            return StandardCharsets.UTF_8;
        }
        if (startsWith(in, 0xfe, 0xff)) {
            in.skipNBytes(2);
            return StandardCharsets.UTF_16BE;
        }
        if (startsWith(in, 0xff, 0xfe)) {
            in.skipNBytes(2);
            return StandardCharsets.UTF_16LE;
        }
        return charset;
    }

    private static boolean startsWith(InputStream in, int... bytes) throws IOException {
        in.mark(bytes.length);
        var equal = true;
        for (var expected : bytes) {
            equal = equal && in.read() == expected;
        }
        in.reset();
        return equal;
    }

    private static int readFully(Reader in, char[] buffer) throws IOException {
        var length = 0;
        while (length < buffer.length) {
            var n = in.read(buffer, length, buffer.length - length);
            if (n < 0) {
                break;
            }
            length += n;
        }
        return length;
    }
}
