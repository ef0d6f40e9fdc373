package io.lathe.models.quarantine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** Reads one output of a process on a thread of its own, so that the process never blocks on a full pipe. */
final class BoundedOutput {
    private BoundedOutput() {}

    /** The first {@code max} bytes; when there are more, {@code onExcess} is run and the rest is thrown away. */
    static FutureTask<byte[]> head(InputStream output, int max, Runnable onExcess) {
        return start(() -> {
            byte[] head = output.readNBytes(max);
            if (output.read() >= 0) {
                onExcess.run();
                output.transferTo(OutputStream.nullOutputStream());
            }
            return head;
        });
    }

    /** The last {@code max} bytes. */
    static FutureTask<byte[]> tail(InputStream output, int max) {
        return start(() -> {
            byte[] tail = new byte[0];
            byte[] more = new byte[max];
            for (int length = output.read(more); length >= 0; length = output.read(more)) {
                int kept = Math.min(tail.length, max - length);
                byte[] joined = new byte[kept + length];
                System.arraycopy(tail, tail.length - kept, joined, 0, kept);
                System.arraycopy(more, 0, joined, kept, length);
                tail = joined;
            }
            return tail;
        });
    }

    private static FutureTask<byte[]> start(Callable<byte[]> reading) {
        FutureTask<byte[]> task = new FutureTask<>(() -> {
            try {
                return reading.call();
            } catch (IOException e) {
                // A killed process closes its pipes; what was read before is lost with it, which its caller reports.
                throw new UncheckedIOException(e);
            }
        });
        Thread.ofVirtual().name("quarantine-output").start(task);
        return task;
    }
}
