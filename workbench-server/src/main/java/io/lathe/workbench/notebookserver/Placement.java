package io.lathe.workbench.notebookserver;

import java.net.URI;
import java.util.OptionalLong;

/**
 * Where a launched notebook server is; all that must be kept to find it again.
 *
 * @param url where it listens, decided by the provisioner: {@code http://127.0.0.1:PORT}
 * @param secret value of the header {@link #HEADER} that it recognises the workbench by; never logged, never shown
 * @param pid the process on this machine, where there is one
 * @param details whatever else the provisioner needs, as JSON that only it reads
 */
public record Placement(URI url, String secret, OptionalLong pid, String details) {
    /** The request header that carries the secret. */
    public static final String HEADER = "Lathe-Server-Secret";

    @Override
    public String toString() {
        return "Placement[" + url + ", pid " + pid + "]";
    }
}
