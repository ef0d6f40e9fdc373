package io.lathe.workbench.notebookserver;

import io.lathe.workbench.process.LocalProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds a notebook server's processes by the id in their environment, which kernels and terminals inherit. */
final class ServerProcesses {
    /** Name of the environment variable. */
    static final String MARK = "LATHE_SERVER_ID";

    private static final Path PROC = Path.of("/proc");

    private ServerProcesses() {}

    /** The server's own process, if pid, start time and id all agree. */
    static Optional<ProcessHandle> find(String serverId, LocalProcess process) {
        return process.find().filter(handle -> carries(handle, serverId));
    }

    /** Every running process that carries the id: the server, its kernels, its terminals and what those started. */
    static List<ProcessHandle> all(String serverId) {
        return ProcessHandle.allProcesses()
                .filter(handle -> carries(handle, serverId))
                .toList();
    }

    /** Whether it runs, is ours, and was started for this server. A zombie has ended, though nobody has collected it yet. */
    static boolean carries(ProcessHandle handle, String serverId) {
        Path folder = PROC.resolve(Long.toString(handle.pid()));
        try {
            String environment = Files.readString(folder.resolve("environ"), StandardCharsets.ISO_8859_1);
            return ("\0" + environment).contains("\0" + MARK + "=" + serverId + "\0") && !isZombie(folder);
        } catch (IOException e) {
            return false; // ended meanwhile, or another user's
        }
    }

    private static boolean isZombie(Path folder) throws IOException {
        String stat = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
        String state = stat.substring(stat.lastIndexOf(')') + 1).strip(); // the name before it may hold anything
        return state.startsWith("Z") || state.startsWith("X");
    }
}
