package io.lathe.launcher.workbench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** What a program says through a pipe of why it cannot start: its log may lie on a disk that is full. Thread-safe. */
final class LastWords {
    private static final int BYTES = 16 << 10;

    private final Thread reader;
    private byte[] last = new byte[0];

    private LastWords(InputStream in) {
        this.reader = Thread.ofPlatform().daemon().name("last-words").unstarted(() -> read(in));
    }

    /** Reads until the program ends or this process does; of more than 16 KiB the end is kept. */
    static LastWords of(InputStream in) {
        LastWords words = new LastWords(in);
        words.reader.start();
        return words;
    }

    private void read(InputStream in) {
        byte[] buffer = new byte[1 << 10];
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                keep(buffer, n);
            }
        } catch (IOException e) {
            // The pipe broke with the program; what was read counts.
        }
    }

    private synchronized void keep(byte[] more, int count) {
        byte[] all = Arrays.copyOf(last, last.length + count);
        System.arraycopy(more, 0, all, last.length, count);
        last = Arrays.copyOfRange(all, Math.max(0, all.length - BYTES), all.length);
    }

    /** What a program that has ended said; empty where it said nothing. */
    String ofTheDead() throws InterruptedException {
        // A child that it left may hold the pipe open.
        reader.join(Duration.ofSeconds(1));
        synchronized (this) {
            return new String(last, StandardCharsets.UTF_8).strip();
        }
    }
}
