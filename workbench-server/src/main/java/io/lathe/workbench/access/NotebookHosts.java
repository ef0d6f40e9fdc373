package io.lathe.workbench.access;

import java.util.Optional;
import java.util.function.Consumer;

/** Which host each project's notebooks are on: another one for every project, and none of them the workbench's. Thread-safe. */
public interface NotebookHosts {
    /** The project whose host this is, whether there is such a project or not. */
    Optional<String> findProject(String host);

    /** The host of a project, ready to be asked. */
    String host(String project);

    /** All of them, as a host in a content security policy. */
    String policy();

    /** Tells from now on which addresses, besides the workbench's own, must be listened on: those there are, then each new one before it is used. */
    void listen(Consumer<String> listener);
}
