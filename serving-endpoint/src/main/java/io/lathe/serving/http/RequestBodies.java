package io.lathe.serving.http;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads request bodies: inflates gzip, stops at the cap, and keeps all bodies together within one budget. Thread-safe. */
public final class RequestBodies {

    private static final int BLOCK = 8 << 10;

    private final int cap;
    private final Semaphore blocks;

    public RequestBodies(Limits limits) {
        this.cap = limits.bodyBytes();
        this.blocks = new Semaphore(Math.toIntExact(limits.totalBodyBytes() / BLOCK) + 1);
    }

    /**
     * Reads the call's whole body and hands it to {@code use}; its bytes count against the budget until {@code use} returns.
     * Throws TOO_LARGE beyond the cap, UNAVAILABLE when the budget is spent, BAD_REQUEST for broken gzip or a body cut short, TIMEOUT
     * for one that has not come by the call's deadline.
     */
    public <T> T with(Call call, Function<byte[], T> use) {
        String declared = call.header().apply("Content-Length").orElse("");
        if (declared.length() > 18 || (!declared.isEmpty() && number(declared) > cap)) {
            throw tooLarge();
        }
        int held = 0;
        try {
            byte[] block = new byte[firstBlock(call, declared)];
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(block.length);
            try (InputStream in = inflated(call)) {
                int read;
                while ((read = in.read(block)) >= 0) {
                    call.deadline().check();
                    if (bytes.size() + read > cap) {
                        throw tooLarge();
                    }
                    if (bytes.size() + read > (long) held * BLOCK) {
                        if (!blocks.tryAcquire()) {
                            throw new LatheException(
                                    ProblemCode.UNAVAILABLE,
                                    "Too many bytes of requests are in work. Try again shortly.");
                        }
                        held++;
                    }
                    bytes.write(block, 0, read);
                }
            } catch (ZipException | EOFException e) {
                throw new LatheException(
                        ProblemCode.BAD_REQUEST,
                        "The body is not whole, or not the gzip its header says. Send it again, whole.",
                        e);
            } catch (IOException e) {
                call.deadline().check();
                throw new LatheException(
                        ProblemCode.BAD_REQUEST, "The body could not be read to its end. Send it again.", e);
            }
            return use.apply(bytes.toByteArray());
        } finally {
            blocks.release(held);
        }
    }

    /** As many bytes as a small body says it has; most bodies are far smaller than a block. Inflated ones are larger than they say. */
    private static int firstBlock(Call call, String declared) {
        boolean inflates = call.header().apply("Content-Encoding").isPresent();
        return declared.isEmpty() || inflates ? BLOCK : Math.clamp(number(declared), 1, BLOCK);
    }

    private InputStream inflated(Call call) throws IOException {
        String encoding = call.header()
                .apply("Content-Encoding")
                .orElse("identity")
                .strip()
                .toLowerCase(Locale.ROOT);
        return switch (encoding) {
            case "", "identity" -> call.body().get();
            case "gzip", "x-gzip" -> new GZIPInputStream(call.body().get(), BLOCK);
            default ->
                throw Answer.badRequest(
                        "Content-Encoding '" + Shown.of(encoding) + "' is not known. Send gzip, or the body as it is.");
        };
    }

    private static long number(String digits) {
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return 0;
            }
        }
        return Long.parseLong(digits);
    }

    private LatheException tooLarge() {
        return new LatheException(
                ProblemCode.TOO_LARGE,
                "The body is larger than " + cap
                        + " bytes (counted after inflation). Send the rows in several requests.");
    }
}
