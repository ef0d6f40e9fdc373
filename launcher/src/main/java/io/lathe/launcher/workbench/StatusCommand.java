package io.lathe.launcher.workbench;

import io.lathe.launcher.command.DataCommand;
import io.lathe.launcher.data.DataFolder;
import io.lathe.launcher.terminal.ExitCode;
import io.lathe.launcher.terminal.Terminal;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./lathe status}: exit code 0 where a workbench runs, 3 where none does. */
@Command(
        name = "status",
        description = "Show what is running.",
        footer = "Exit code 0: the workbench runs. 3: it does not, or does not answer.")
public final class StatusCommand extends DataCommand {
    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    public StatusCommand(Path home, Terminal terminal) {
        super(home, terminal);
    }

    @Override
    public Integer call() {
        DataFolder folder = folder();
        Status status = Status.of(folder);
        if (json) {
            terminal().json(status);
        } else {
            terminal().result(line("workbench", status.workbench()));
            terminal().result(line("serving", status.serving()));
            for (Status.Server server : status.servers()) {
                terminal()
                        .result(String.format(
                                "%-12s %-12s process %d, project %s",
                                "notebooks", server.state(), server.pid(), server.project()));
            }
        }
        if (!json && status.workbench().pid() == null) {
            terminal().progress(folder.absence());
        }
        return status.workbench().state().equals(Status.RUNNING) ? ExitCode.DONE.number() : ExitCode.UNKNOWN.number();
    }

    private static String line(String name, Status.Part part) {
        String detail = part.pid() == null ? "" : "process " + part.pid() + ", " + part.url();
        return String.format("%-12s %-12s %s", name, part.state(), detail).stripTrailing();
    }
}
