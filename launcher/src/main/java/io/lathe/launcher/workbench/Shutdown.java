package io.lathe.launcher.workbench;

import io.lathe.launcher.data.DataFolder;
import io.lathe.launcher.data.LiveProcess;
import io.lathe.launcher.data.RunNote;
import io.lathe.launcher.terminal.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Stops what runs on a data folder, whether the workbench still lives or not. Processes are signalled only when id, start time and what they run agree. */
final class Shutdown {
    private static final Duration WORKBENCH_GRACE = Duration.ofSeconds(20);
    private static final Duration GRACE = Duration.ofSeconds(8);

    private final DataFolder data;
    private final Terminal terminal;

    Shutdown(DataFolder data, Terminal terminal) {
        this.data = data;
        this.terminal = terminal;
    }

    /** @return what was stopped, in words; and what is still alive after all means were tried */
    Outcome everything() {
        return stop(Extent.EVERYTHING);
    }

    /** Leaves the notebook servers running; the next workbench adopts them. */
    Outcome allButServers() {
        return stop(Extent.ALL_BUT_SERVERS);
    }

    /** What a shutdown did. */
    record Outcome(List<String> stopped, List<String> alive) {}

    private enum Extent {
        EVERYTHING,
        ALL_BUT_SERVERS
    }

    private record Target(String name, LiveProcess process, Duration grace) {}

    private Outcome stop(Extent extent) {
        Optional<RunNote> workbench = data.workbench();
        // Taken before the first signal: the workbench removes its notes as it stops.
        List<Target> targets = new ArrayList<>();
        workbench.ifPresent(note -> targets.add(new Target("workbench", note.process(), WORKBENCH_GRACE)));
        data.serving().ifPresent(note -> targets.add(new Target("serving endpoint", note.process(), GRACE)));
        if (extent == Extent.EVERYTHING) {
            data.servers()
                    .forEach((id, note) ->
                            targets.add(new Target("notebook server of " + note.project(), note.process(), GRACE)));
        } else if (workbench.isPresent()) {
            askToKeepServers();
        }
        Set<String> ids = data.serverIds();
        List<String> stopped = new ArrayList<>();
        List<String> alive = new ArrayList<>();
        try {
            for (Target target : targets) {
                target.process().stop(target.grace());
                (target.process().isAlive() ? alive : stopped)
                        .add(target.name() + " (process " + target.process().pid() + ")");
            }
            if (extent == Extent.EVERYTHING) {
                for (LiveProcess left : LeftOvers.of(ids)) {
                    left.stop(Duration.ofSeconds(2));
                    (left.isAlive() ? alive : stopped).add("process " + left.pid() + " of a notebook server");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        terminal.progress(
                stopped.isEmpty() ? "nothing ran on " + data.root() : "stopped " + String.join(", ", stopped));
        return new Outcome(stopped, alive);
    }

    private void askToKeepServers() {
        try {
            Files.writeString(data.run().resolve("keep-servers"), "");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot ask the workbench to keep its notebook servers", e);
        }
    }
}
