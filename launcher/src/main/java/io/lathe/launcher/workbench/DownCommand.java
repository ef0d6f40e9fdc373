package io.lathe.launcher.workbench;

import io.lathe.launcher.command.DataCommand;
import io.lathe.launcher.terminal.ExitCode;
import io.lathe.launcher.terminal.Terminal;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./lathe down}. */
@Command(
        name = "down",
        description = "Stop the workbench, the serving endpoint and the notebook servers.",
        footer = "It also stops what a workbench left behind that is no longer there.")
public final class DownCommand extends DataCommand {
    @Option(names = "--keep-servers", description = "Leave the notebook servers running; the next 'up' adopts them.")
    private boolean keepServers;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    public DownCommand(Path home, Terminal terminal) {
        super(home, terminal);
    }

    @Override
    public Integer call() {
        Shutdown shutdown = new Shutdown(folder(), terminal());
        Shutdown.Outcome outcome = keepServers ? shutdown.allButServers() : shutdown.everything();
        if (json) {
            terminal().json(Map.of("stopped", outcome.stopped(), "alive", outcome.alive()));
        }
        if (!outcome.alive().isEmpty()) {
            terminal().progress("still alive after every means: " + String.join(", ", outcome.alive()));
            return ExitCode.FAILED.number();
        }
        return ExitCode.DONE.number();
    }
}
