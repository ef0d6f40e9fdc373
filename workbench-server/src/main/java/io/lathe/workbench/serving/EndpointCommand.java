package io.lathe.workbench.serving;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * How the endpoint's process is started.
 *
 * @param java the program that runs a jar
 * @param jar the endpoint
 * @param data the endpoint's own folder
 * @param tokenFile the secret with which it asks the workbench
 */
public record EndpointCommand(Path java, Path jar, Path data, Path tokenFile) {
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    /** The endpoint of this checkout, run by the Java that runs the workbench. */
    public static EndpointCommand of(Path home, Path data, Path tokenFile) {
        return new EndpointCommand(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                home.resolve("serving-endpoint/target/serving-endpoint.jar"),
                data,
                tokenFile);
    }

    /** The processes that serve this data folder, whoever started them. Their command line tells; a card may be lost, or name a stranger. */
    List<ProcessHandle> running() {
        return ProcessHandle.allProcesses().filter(this::runs).toList();
    }

    private boolean runs(ProcessHandle process) {
        List<String> given = given(process);
        return given.stream().anyMatch(argument -> argument.endsWith("/" + jar.getFileName()))
                && Collections.indexOfSubList(given, List.of("--data", data.toString())) >= 0;
    }

    /** Whether such a process listens and asks where one started now would. */
    static boolean agrees(ProcessHandle process, int port, String workbench) {
        return Collections.indexOfSubList(
                        given(process), List.of("--port", String.valueOf(port), "--workbench", workbench))
                >= 0;
    }

    private static List<String> given(ProcessHandle process) {
        return process.info().arguments().map(Arrays::asList).orElse(List.of());
    }

    /** The argument vector for a port and the workbench's address. */
    public List<String> arguments(int port, String workbench) {
        List<String> arguments = new ArrayList<>();
        // In a session of its own: Ctrl-C in the terminal of a workbench that runs in the foreground must not reach it.
        if (Files.isExecutable(SETSID)) {
            arguments.add(SETSID.toString());
        }
        arguments.addAll(List.of(
                java.toString(),
                // Room for a few dozen models of usual size and the requests in work; beyond it the endpoint is started
                // again rather than going on half dead.
                "-Xmx1g",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djdk.serialFilter=!*",
                "-Djava.awt.headless=true",
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8",
                "-jar",
                jar.toString(),
                "--data",
                data.toString(),
                "--port",
                String.valueOf(port),
                "--workbench",
                workbench,
                "--token-file",
                tokenFile.toString()));
        return arguments;
    }
}
