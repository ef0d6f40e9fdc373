package io.lathe.workbench.access;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code <project>.notebooks.localhost}: browsers know by themselves that it is this machine. */
public final class NotebookNames implements NotebookHosts {
    private static final Pattern PROJECT = Pattern.compile("([a-z][a-z0-9-]{0,29})\\.notebooks\\.localhost");

    @Override
    public Optional<String> findProject(String host) {
        Matcher project = PROJECT.matcher(host);
        return project.matches() ? Optional.of(project.group(1)) : Optional.empty();
    }

    @Override
    public String host(String project) {
        return project + ".notebooks.localhost";
    }

    @Override
    public String policy() {
        return host("*");
    }

    @Override
    public void listen(Consumer<String> listener) {
        // The workbench's own address serves every name.
    }
}
