package io.lathe.workbench.backup;

import java.io.IOException;
import java.io.OutputStream;

/** Counts what goes through it, and tells it to who watches. Closing it leaves the stream behind it open. */
final class CountingStream extends OutputStream {
    private final OutputStream target;
    private final BackupProgress progress;
    private long count;

    CountingStream(OutputStream target, BackupProgress progress) {
        this.target = target;
        this.progress = progress;
    }

    long count() {
        return count;
    }

    @Override
    public void write(int single) throws IOException {
        target.write(single);
        count++;
        progress.moved(1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        target.write(bytes, offset, length);
        count += length;
        progress.moved(length);
    }
}
