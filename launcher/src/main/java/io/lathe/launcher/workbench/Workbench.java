package io.lathe.launcher.workbench;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.launcher.api.WorkbenchApi;
import io.lathe.launcher.data.DataFolder;
import io.lathe.launcher.data.LiveProcess;
import io.lathe.launcher.data.RunNote;
import io.lathe.launcher.data.Settings;
import io.lathe.launcher.setup.DataPlace;
import io.lathe.launcher.setup.PortProblem;
import io.lathe.launcher.terminal.CommandFailure;
import io.lathe.launcher.terminal.Deadline;
import io.lathe.launcher.terminal.ExitCode;
import io.lathe.launcher.terminal.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The workbench of one data folder: makes sure that it runs. */
public final class Workbench {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration ENDPOINT_LIMIT = Duration.ofSeconds(10);

    private final Path home;
    private final DataFolder data;
    private final Terminal terminal;

    /** @param home the checkout whose jars are started */
    public Workbench(Path home, DataFolder data, Terminal terminal) {
        this.home = home;
        this.data = data;
        this.terminal = terminal;
    }

    /**
     * A workbench that answers.
     *
     * @param settings what it was started with
     * @param origin whether it had to be started
     */
    public record Running(LiveProcess process, Settings settings, Origin origin) {
        public String url() {
            return "http://localhost:" + settings.port();
        }

        public int port() {
            return settings.port();
        }
    }

    /** Where a running workbench came from. */
    public enum Origin {
        STARTED_NOW,
        WAS_RUNNING
    }

    /**
     * Starts the workbench unless it runs, and waits until it answers.
     *
     * @throws CommandFailure where it runs with other ports than wished, where a port is taken, or where it does not come up
     */
    public Running ensureRunning(Settings.Wishes wishes) {
        Optional<RunNote> note = data.workbench();
        Settings kept = Settings.load(data.settings());
        Settings settings = kept.with(wishes);
        if (note.isPresent()) {
            refuseOtherPorts(note.get(), kept, wishes);
            LiveProcess process = note.get().process();
            Settings running =
                    new Settings(note.get().port(), kept.servingPort(), kept.provisioner(), kept.notebookHosts());
            awaitReady(process, running.port(), () -> true, () -> tellEndOfLog(0));
            return new Running(process, running, Origin.WAS_RUNNING);
        }
        new DataPlace(data.root()).problem().ifPresent(problem -> {
            throw new CommandFailure(ExitCode.FAILED, problem);
        });
        refuseTakenPorts(settings);
        settings.save(data.settings());
        return start(settings);
    }

    private Running start(Settings settings) {
        Path log = data.log("workbench");
        Deadline time = Deadline.in(START_LIMIT);
        try {
            Files.createDirectories(log.resolveSibling("."));
            long logStart = Files.exists(log) ? Files.size(log) : 0;
            terminal.progress("starting the workbench on " + data.root() + " (log: " + log + ")");
            WorkbenchCommandLine.Started started = new WorkbenchCommandLine(home, data, settings).start(log);
            LiveProcess process = started.process();
            // One that answers and cannot write its notes, as on a full disk, is about to end.
            awaitReady(
                    process,
                    settings.port(),
                    () -> data.isAnnounced(process),
                    () -> tellWhy(started.words(), logStart));
            terminal.progress(
                    "workbench ready at http://localhost:" + settings.port() + " in " + Terminal.seconds(time.spent()));
            awaitEndpoint();
            return new Running(process, settings, Origin.STARTED_NOW);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the workbench with its log in " + log, e);
        }
    }

    private void awaitReady(LiveProcess process, int port, BooleanSupplier ready, Runnable tellWhy) {
        try (HttpClient http = WorkbenchApi.client()) {
            Deadline deadline = Deadline.in(START_LIMIT);
            long saidAt = 10;
            while (!(isHealthy(http, process, port) && ready.getAsBoolean())) {
                if (!process.isAlive()) {
                    tellWhy.run();
                    endEndpoint();
                    throw new CommandFailure(
                            ExitCode.FAILED,
                            "the workbench on " + data.root()
                                    + " ended before it was ready; mend what it says and try again");
                }
                if (deadline.isOver()) {
                    tellWhy.run();
                    throw new CommandFailure(
                            ExitCode.FAILED,
                            "the workbench (process " + process.pid() + ") did not answer on port " + port + " within "
                                    + Terminal.seconds(deadline.limit()) + "; '" + data.command("down") + "' ends it");
                }
                if (deadline.spent().toSeconds() >= saidAt) {
                    terminal.progress("still waiting for the workbench, " + Terminal.seconds(deadline.spent()));
                    saidAt += 10;
                }
                Deadline.pause(Duration.ofMillis(50));
            }
        }
    }

    /** It would hold its port, and serve for a workbench that is not there. */
    private void endEndpoint() {
        data.serving().map(RunNote::process).ifPresent(endpoint -> {
            try {
                endpoint.stop(ENDPOINT_LIMIT);
                terminal.progress("ended the serving endpoint (process " + endpoint.pid() + ") with it");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** So that what follows an 'up' can call models. One that is late is said, and comes up by itself. */
    private void awaitEndpoint() {
        Deadline deadline = Deadline.in(ENDPOINT_LIMIT);
        try (HttpClient http = WorkbenchApi.client()) {
            while (!Status.isServing(http, data)) {
                if (deadline.isOver()) {
                    terminal.progress("the serving endpoint does not answer yet; its log is " + data.log("serving"));
                    return;
                }
                Deadline.pause(Duration.ofMillis(50));
            }
        }
    }

    private static boolean isHealthy(HttpClient http, LiveProcess process, int port) {
        Optional<JsonNode> health = WorkbenchApi.health(http, port);
        return health.filter(answer -> answer.path("pid").asLong() == process.pid())
                .isPresent();
    }

    private void tellWhy(LastWords words, long logStart) {
        try {
            String said = words.ofTheDead();
            String log = LogTail.since(data.log("workbench"), logStart);
            if (said.isEmpty() || log.contains(said)) {
                tellEndOfLog(logStart);
            } else {
                terminal.progress("the workbench could not start:");
                terminal.detail(said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellEndOfLog(long logStart) {
        Path log = data.log("workbench");
        terminal.progress("the end of " + log + ":");
        terminal.detail(LogTail.since(log, logStart));
    }

    private void refuseOtherPorts(RunNote running, Settings kept, Settings.Wishes wishes) {
        boolean otherPort = wishes.port()
                .filter(port -> port != 0 && port != running.port())
                .isPresent();
        boolean otherServing = wishes.servingPort()
                .filter(port -> port != 0 && port != kept.servingPort())
                .isPresent();
        boolean otherHosts = wishes.notebookHosts()
                .filter(word -> !word.equals(kept.notebookHosts()))
                .isPresent();
        boolean otherProvisioner = wishes.provisioner()
                .filter(word -> !word.equals(kept.provisioner()))
                .isPresent();
        if (otherPort || otherServing || otherHosts || otherProvisioner) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "a workbench already runs on " + data.root() + " with port " + running.port() + " and serving port "
                            + kept.servingPort() + ", notebook hosts by " + kept.notebookHosts()
                            + "; '" + data.command("down") + "' first to change them");
        }
    }

    private void refuseTakenPorts(Settings settings) {
        List<String> problems = new ArrayList<>();
        findTaken(settings.port(), "--port").ifPresent(problems::add);
        if (data.serving().isEmpty()) {
            findTaken(settings.servingPort(), "--serving-port").ifPresent(problems::add);
        }
        if (!problems.isEmpty()) {
            throw new CommandFailure(ExitCode.FAILED, String.join("; ", problems));
        }
    }

    private static Optional<String> findTaken(int port, String option) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(PortProblem.of(port, e, option));
        }
    }
}
