package io.lathe.launcher.backup;

import io.lathe.launcher.setup.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The workbench's program in one of its modes for backups. It speaks for itself on this process's streams, and ends with it. */
record BackupProgram(Path home) {
    /** @return its exit code */
    int run(String mode, Path from, Path to) throws InterruptedException {
        Path jar = new Checkout(home).jar("workbench-server");
        try {
            Process process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx512m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "--enable-native-access=ALL-UNNAMED",
                            "-Dfile.encoding=UTF-8",
                            "-Dstdout.encoding=UTF-8",
                            "-Dstderr.encoding=UTF-8",
                            "-Dorg.sqlite.tmpdir=" + Files.createDirectories(new Checkout(home).nativeLibraries()),
                            "-jar",
                            jar.toString(),
                            mode,
                            from.toAbsolutePath().toString(),
                            to.toAbsolutePath().toString()))
                    .inheritIO()
                    .start();
            Thread atExit = new Thread(() -> end(process), "end-" + mode);
            Runtime.getRuntime().addShutdownHook(atExit);
            int code = process.waitFor();
            Runtime.getRuntime().removeShutdownHook(atExit);
            return code;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + jar, e);
        }
    }

    /** It removes what it has half made before it ends. */
    private static void end(Process process) {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
