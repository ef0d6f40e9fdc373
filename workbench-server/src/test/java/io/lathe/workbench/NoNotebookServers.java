package io.lathe.workbench;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.workbench.notebookserver.NotebookServer;
import io.lathe.workbench.notebookserver.NotebookServers;
import io.lathe.workbench.notebookserver.Placement;
import io.lathe.workbench.project.Project;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Stands in for the notebook servers where a test needs none; the product's tests use it, too. */
public class NoNotebookServers implements NotebookServers {
    @Override
    public NotebookServer start(Project project) {
        throw new LatheException(ProblemCode.UNAVAILABLE, "This test has no notebook servers.");
    }

    @Override
    public Optional<NotebookServer> stop(Project project, Consumer<Optional<NotebookServer>> seen) {
        return Optional.empty();
    }

    @Override
    public Optional<NotebookServer> find(Project project) {
        return Optional.empty();
    }

    @Override
    public List<NotebookServer> list(String ownerId) {
        return List.of();
    }

    @Override
    public Optional<Placement> findPlacement(String project) {
        return Optional.empty();
    }

    @Override
    public void whenEnding(Consumer<String> listener) {}

    @Override
    public void adopt() {}

    @Override
    public void stopAll(Duration patience) {}

    @Override
    public void close() {}
}
