package io.lathe.launcher.workbench;

import io.lathe.launcher.data.LiveProcess;
import io.lathe.launcher.data.ProcessMark;
import java.util.List;
import java.util.Set;

/**
 * Processes that a notebook server left behind, such as kernels of a JupyterLab that was killed: they carry the server's id in their
 * environment. Only where the system shows environments (Linux), and only the user's own processes.
 */
final class LeftOvers {
    private LeftOvers() {}

    static List<LiveProcess> of(Set<String> serverIds) {
        if (serverIds.isEmpty()) {
            return List.of();
        }
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> ProcessMark.carries(process, serverIds))
                .map(LiveProcess::of)
                .filter(LiveProcess::isAlive)
                .toList();
    }
}
