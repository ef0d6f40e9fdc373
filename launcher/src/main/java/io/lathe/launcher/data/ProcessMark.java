package io.lathe.launcher.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How Lathe's own processes are told from strangers, whatever a note in the data folder says: a program by its jar and data folder on the
 * command line, what belongs to a notebook server by the server's id in its environment.
 */
public final class ProcessMark {
    private static final String SERVER_ID = "LATHE_SERVER_ID=";
    private static final Path PROC = Path.of("/proc");

    private ProcessMark() {}

    /** Whether it runs this jar on this data folder. */
    static boolean isProgram(ProcessHandle process, String jar, Path data) {
        List<String> arguments = arguments(process);
        return arguments.stream().anyMatch(argument -> argument.endsWith("/" + jar))
                && Collections.indexOfSubList(arguments, List.of("--data", data.toString())) >= 0;
    }

    /** The port that such a program was given, or 0. */
    static int port(ProcessHandle process) {
        List<String> arguments = arguments(process);
        int option = arguments.indexOf("--port");
        try {
            return option < 0 || option + 1 == arguments.size() ? 0 : Integer.parseInt(arguments.get(option + 1));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static List<String> arguments(ProcessHandle process) {
        return process.info().arguments().map(Arrays::asList).orElse(List.of());
    }

    /** Whether it belongs to one of these notebook servers; where the system shows no environments (macOS), nothing is known to. */
    public static boolean carries(ProcessHandle process, Set<String> serverIds) {
        return environment(process.pid()).stream()
                .anyMatch(line -> line.startsWith(SERVER_ID) && serverIds.contains(line.substring(SERVER_ID.length())));
    }

    /** Whether {@link #carries} can know. */
    static boolean areEnvironmentsShown() {
        return Files.isDirectory(PROC);
    }

    private static List<String> environment(long pid) {
        try {
            byte[] bytes = Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve("environ"));
            return List.of(new String(bytes, StandardCharsets.UTF_8).split(Pattern.quote("\0")));
        } catch (IOException e) {
            // Another user's process, one that just ended, or a system without /proc.
            return List.of();
        }
    }
}
