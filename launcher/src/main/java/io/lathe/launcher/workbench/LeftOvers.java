package io.lathe.launcher.workbench;

import io.lathe.launcher.data.LiveProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Processes that a notebook server left behind, such as kernels of a JupyterLab that was killed: they carry the server's id in their
 * environment. Only where the system shows environments (Linux), and only the user's own processes.
 */
final class LeftOvers {
    private static final String VARIABLE = "LATHE_SERVER_ID=";

    private LeftOvers() {}

    static List<LiveProcess> of(List<String> serverIds) {
        if (serverIds.isEmpty()) {
            return List.of();
        }
        Set<String> wanted = serverIds.stream().map(VARIABLE::concat).collect(Collectors.toSet());
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> environment(process.pid()).stream().anyMatch(wanted::contains))
                .map(LiveProcess::of)
                .filter(LiveProcess::isAlive)
                .toList();
    }

    private static List<String> environment(long pid) {
        try {
            byte[] bytes = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "environ"));
            return List.of(new String(bytes, StandardCharsets.UTF_8).split(Pattern.quote("\0")));
        } catch (IOException e) {
            // Another user's process, one that just ended, or a system without /proc.
            return List.of();
        }
    }
}
