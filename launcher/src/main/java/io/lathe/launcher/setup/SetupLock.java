package io.lathe.launcher.setup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** Keeps two set-ups in one checkout apart, across processes. The system lets go of it when its holder dies. */
final class SetupLock implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofMinutes(40);

    private final FileChannel channel;

    private SetupLock(FileChannel channel) {
        this.channel = channel;
    }

    static SetupLock acquire(Checkout checkout, Progress progress) throws IOException, InterruptedException {
        Files.createDirectories(checkout.build());
        Path file = file(checkout);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        long begin = System.nanoTime();
        boolean said = false;
        for (FileLock lock = channel.tryLock(); lock == null; lock = channel.tryLock()) {
            if (!said) {
                progress.say("another set-up works in " + checkout.root() + "; waiting for it");
                said = true;
            }
            if (System.nanoTime() - begin > DEADLINE.toNanos()) {
                channel.close();
                throw new SetupFailure("another set-up still holds " + file + " after " + Progress.seconds(DEADLINE)
                        + "; end it and run the same command again");
            }
            Thread.sleep(200);
        }
        return new SetupLock(channel);
    }

    /** Whether a set-up works in the checkout at this moment. */
    static boolean isHeld(Checkout checkout) throws IOException {
        Path file = file(checkout);
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        }
    }

    private static Path file(Checkout checkout) {
        return checkout.build().resolve("setup.lock");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
