package io.lathe.launcher.setup;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** How Lathe's own programs are told from strangers: by their jar and data folder on the command line, whatever a note says. */
public final class ProgramMark {
    private ProgramMark() {}

    /** A process that runs this jar on this data folder. */
    public static Optional<ProcessHandle> find(String jar, Path data) {
        return ProcessHandle.allProcesses()
                .filter(process -> isOn(process, jar, data))
                .findFirst();
    }

    /** Whether it runs this jar on this data folder. */
    public static boolean isOn(ProcessHandle process, String jar, Path data) {
        List<String> arguments = arguments(process);
        return arguments.stream().anyMatch(argument -> argument.endsWith("/" + jar))
                && Collections.indexOfSubList(arguments, List.of("--data", data.toString())) >= 0;
    }

    /** The port that such a program was given, or 0. */
    public static int port(ProcessHandle process) {
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
}
