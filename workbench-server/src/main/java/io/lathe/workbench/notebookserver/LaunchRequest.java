package io.lathe.workbench.notebookserver;

import java.net.URI;
import java.nio.file.Path;

/**
 * What a notebook server is started for.
 *
 * @param serverId lower-case hexadecimal, new for each start
 * @param project the project's name; its JupyterLab lives below {@code /projects/<project>/}
 * @param folder absolute path of the project's files
 * @param workbench where kernels reach the workbench: {@code http://127.0.0.1:PORT}
 * @param token the kernels' token for the project-scoped API
 */
public record LaunchRequest(String serverId, String project, Path folder, URI workbench, String token) {
    @Override
    public String toString() {
        return "LaunchRequest[" + serverId + ", " + project + "]";
    }
}
