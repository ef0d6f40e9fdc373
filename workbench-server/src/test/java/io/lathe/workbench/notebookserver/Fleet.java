package io.lathe.workbench.notebookserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.lathe.workbench.access.Accounts;
import io.lathe.workbench.access.ProjectTokens;
import io.lathe.workbench.database.Database;
import io.lathe.workbench.event.JobEvent;
import io.lathe.workbench.event.Jobs;
import io.lathe.workbench.notebookserver.NotebookServer.State;
import io.lathe.workbench.project.Project;
import io.lathe.workbench.project.ProjectName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Notebook servers over a real database in a folder of their own. A second fleet on the same folder is the workbench's next life. */
final class Fleet implements AutoCloseable {
    final NotebookServers servers;
    final Jobs jobs;
    final ProjectTokens tokens;
    private final Path data;
    private final Database database;
    final String owner;

    /** @param home where {@code .build/python} is */
    Fleet(Path data, Path home, Deadlines deadlines) {
        this.data = data;
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Clock clock = Clock.systemUTC();
        database = Database.open(data.resolve("lathe.db"));
        owner = new Accounts(database.jdbi(), clock).ownerId();
        jobs = new Jobs(database.jdbi(), clock);
        tokens = new ProjectTokens(database.jdbi(), clock);
        servers = new SupervisedNotebookServers(
                database.jdbi(),
                jobs,
                tokens,
                new ProcessProvisioner(home, data),
                () -> URI.create("http://127.0.0.1:1"),
                deadlines,
                clock);
    }

    Project project(String name) {
        Path folder = data.resolve("projects").resolve(name);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "INSERT INTO project (id, owner_id, name, template, notebook, created_at) VALUES (?, ?, ?, 't', 'n', 0) ON CONFLICT DO NOTHING",
                        "id-" + name,
                        owner,
                        name));
        return new Project("id-" + name, owner, new ProjectName(name), "t", "n", folder, Instant.EPOCH);
    }

    NotebookServer now(Project project) {
        return servers.find(project).orElseThrow();
    }

    NotebookServer await(Project project, State state, Duration patience) {
        await(() -> now(project).state() == state, patience, () -> now(project) + "\n" + messages(project));
        return now(project);
    }

    List<JobEvent> events(Project project) {
        return jobs.read(owner, now(project).events(), 0, 100);
    }

    List<String> messages(Project project) {
        return events(project).stream().map(JobEvent::data).toList();
    }

    static void await(BooleanSupplier condition, Duration patience, java.util.function.Supplier<String> seen) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (!condition.getAsBoolean()) {
                assertThat(System.nanoTime()).as(seen).isLessThan(deadline);
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** From now on nothing can be written down, as on a full disk. */
    void loseDatabase() {
        database.close();
    }

    /** The workbench dies: nothing is stopped. */
    void die() {
        servers.close();
        database.close();
    }

    @Override
    public void close() {
        servers.stopAll(Duration.ofSeconds(8));
        die();
    }
}
