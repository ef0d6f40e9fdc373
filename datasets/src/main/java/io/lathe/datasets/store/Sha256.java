package io.lathe.datasets.store;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 as 64 small hexadecimal digits. */
public final class Sha256 {
    private static final int BUFFER = 1 << 16;

    private Sha256() {}

    public static String of(byte[] bytes) {
        return hex(digest().digest(bytes));
    }

    /** Reads the content once. UNAVAILABLE when reading fails. */
    public static String of(Content content) {
        try (var in = content.open()) {
            return copy(in, OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new LatheException(ProblemCode.UNAVAILABLE, "Reading the content failed. Try again.", e);
        }
    }

    /** Copies everything and answers the hash of what was copied. Closes nothing. */
    public static String copy(InputStream in, OutputStream out) throws IOException {
        var digest = digest();
        var buffer = new byte[BUFFER];
        for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            digest.update(buffer, 0, n);
            out.write(buffer, 0, n);
        }
        return hex(digest.digest());
    }

    /**
     * The same bytes, hashed while they pass; where they end and the hash is another one, the read throws INTERNAL. So whoever reads to the end without an exception has read the right bytes.
     *
     * @param name what the bytes are, for the message
     */
    public static InputStream verifying(InputStream in, String expected, String name) {
        return new Verifying(in, expected, name);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    private static final class Verifying extends FilterInputStream {
        private final MessageDigest digest = digest();
        private final String expected;
        private final String name;
        private boolean ended;

        Verifying(InputStream in, String expected, String name) {
            super(in);
            this.expected = expected;
            this.name = name;
        }

        @Override
        public int read() throws IOException {
            var single = new byte[1];
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            var n = super.read(buffer, offset, length);
            if (n > 0) {
                digest.update(buffer, offset, n);
            } else if (n < 0 && !ended) {
                ended = true;
                var actual = hex(digest.digest());
                if (!actual.equals(expected)) {
                    throw new LatheException(
                            ProblemCode.INTERNAL,
                            name + " is damaged: its bytes hash to " + actual + ", not to " + expected
                                    + ". Restore it from a copy.");
                }
            }
            return n;
        }

        @Override
        public long skip(long count) throws IOException {
            var skipped = 0L;
            while (skipped < count && read() >= 0) {
                skipped++;
            }
            return skipped;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
