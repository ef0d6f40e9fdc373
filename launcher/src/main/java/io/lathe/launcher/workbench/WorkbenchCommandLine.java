package io.lathe.launcher.workbench;

import io.lathe.launcher.data.DataFolder;
import io.lathe.launcher.data.LiveProcess;
import io.lathe.launcher.data.Settings;
import io.lathe.launcher.setup.Checkout;
import io.lathe.launcher.terminal.CommandFailure;
import io.lathe.launcher.terminal.ExitCode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How the workbench's JVM is started, detached from this one: its own session, no terminal, its log in a file. */
record WorkbenchCommandLine(Path home, DataFolder data, Settings settings) {
    /** What was started, and what it says where it cannot go on. */
    record Started(LiveProcess process, LastWords words) {}

    Started start(Path log) throws IOException {
        Path applications = new Checkout(home).applications();
        if (!Files.exists(applications)) {
            throw new CommandFailure(ExitCode.FAILED, applications + " is missing; './lathe up' makes it");
        }
        // Where the link leads now: it may lead elsewhere while the workbench runs.
        Path runHome = applications.toRealPath();
        Path jar = runHome.resolve("workbench-server/target/workbench-server.jar");
        List<String> command = new ArrayList<>(ownSession());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djdk.serialFilter=!*",
                "-Djava.awt.headless=true",
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8",
                // Standard output is for a start that fails, and nobody reads it later: the JVM's own words go to the
                // log.
                "-XX:+DisplayVMOutputToStderr",
                "-Xlog:disable",
                "-Xlog:all=warning:stderr",
                "-Dlathe.startFailure=stdout"));
        command.add("-Dorg.sqlite.tmpdir=" + Files.createDirectories(new Checkout(home).nativeLibraries()));
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(List.of("--data", data.root().toString(), "--home", runHome.toString()));
        command.addAll(List.of("--port", Integer.toString(settings.port())));
        command.addAll(List.of("--serving-port", Integer.toString(settings.servingPort())));
        command.addAll(List.of("--notebook-hosts", settings.notebookHosts()));
        Process process = new ProcessBuilder(command)
                .directory(data.root().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new Started(LiveProcess.of(process.toHandle()), LastWords.of(process.getInputStream()));
    }

    /**
     * A terminal's Ctrl-C reaches every process of its foreground group, so the workbench gets a session of its own. The program keeps its
     * process id through {@code setsid}; where that is missing (macOS), {@code nohup} at least lets it outlive the terminal.
     */
    private static List<String> ownSession() {
        return onPath("setsid").or(() -> onPath("nohup")).map(List::of).orElse(List.of());
    }

    private static Optional<String> onPath(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");
        return Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }
}
