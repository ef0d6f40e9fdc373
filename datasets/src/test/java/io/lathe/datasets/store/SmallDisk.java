package io.lathe.datasets.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A folder with little room: a file system of its own, in memory. Where none can be mounted, the test that asks is skipped. */
public final class SmallDisk implements AutoCloseable {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** @param folder is made, empty, with this many KiB of room */
    public static SmallDisk at(Path folder, int kibibytes) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // Nothing else can be small for sure: a quota or a full real disk would be felt by whoever works beside.
        Assumptions.assumeTrue(
                runs("mount", "-t", "tmpfs", "-o", "size=" + kibibytes + "k", "tmpfs", folder.toString()),
                "skipped: only root can mount the small disk that this needs");
        return new SmallDisk(folder);
    }

    /** Takes all the room that is left, again where some was given back. */
    public void fill() throws IOException {
        byte[] block = new byte[4 << 10];
        try (var out =
                Files.newOutputStream(folder.resolve("filler"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            // Full, as wanted.
        }
    }

    public void makeRoom() throws IOException {
        Files.delete(folder.resolve("filler"));
    }

    private static boolean runs(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0) {
                return true;
            }
            System.err.println(Arrays.toString(command) + ": " + output.strip());
            return false;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (!runs("umount", folder.toString()) && !runs("umount", "-l", folder.toString())) {
            throw new IllegalStateException("Cannot unmount " + folder);
        }
    }
}
