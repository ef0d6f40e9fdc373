package io.lathe.workbench.api;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code Range: bytes=…}, RFC 9110. Several ranges at once, and other units, are ignored as the RFC allows. */
final class RangeHeader {
    private static final Pattern BYTES = Pattern.compile("bytes=(\\d{0,19})-(\\d{0,19})");

    /** @param length 0 when nothing of the object is asked for: the answer is then 416 */
    record Range(long offset, long length) {
        String contentRange(long total) {
            return "bytes " + offset + "-" + (offset + length - 1) + "/" + total;
        }
    }

    private RangeHeader() {}

    static Optional<Range> parse(@Nullable String header, long total) {
        if (header == null) {
            return Optional.empty();
        }
        Matcher bytes = BYTES.matcher(header.strip());
        if (!bytes.matches() || (bytes.group(1).isEmpty() && bytes.group(2).isEmpty())) {
            return Optional.empty();
        }
        if (bytes.group(1).isEmpty()) {
            long length = Math.min(number(bytes.group(2)), total);
            return Optional.of(new Range(total - length, length));
        }
        long first = number(bytes.group(1));
        long last = bytes.group(2).isEmpty() ? total - 1 : Math.min(number(bytes.group(2)), total - 1);
        return Optional.of(new Range(first, Math.max(0, last - first + 1)));
    }

    // Nineteen digits may be more than a long holds; that is past every object's end all the same.
    private static long number(String digits) {
        return new BigInteger(digits).min(BigInteger.valueOf(Long.MAX_VALUE)).longValue();
    }
}
