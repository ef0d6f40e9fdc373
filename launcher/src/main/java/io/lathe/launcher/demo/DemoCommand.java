package io.lathe.launcher.demo;

import io.lathe.launcher.command.DataCommand;
import io.lathe.launcher.data.DataFolder;
import io.lathe.launcher.terminal.CommandFailure;
import io.lathe.launcher.terminal.ExitCode;
import io.lathe.launcher.terminal.Terminal;
import io.lathe.launcher.workbench.StartOptions;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./lathe demo}; set-up has been done, and reported as the first step, when it runs. */
@Command(
        name = "demo",
        description = "Run the whole line headlessly, from a template to a served prediction.",
        footer = {
            "Steps: setup, up, project, server, notebook, publish, prediction.",
            "It starts what does not run, and leaves it running."
        })
public final class DemoCommand extends DataCommand {
    @Mixin
    private final StartOptions start = new StartOptions();

    @Option(names = "--json", description = "Print one JSON object a line, one for each step.")
    private boolean json;

    public DemoCommand(Path home, Terminal terminal) {
        super(home, terminal);
    }

    @Override
    public Integer call() {
        DataFolder folder = folder();
        StepReport report = json ? StepReport.json(terminal()) : StepReport.text(terminal());
        try {
            new Demo(home(), folder, terminal(), report).run(start.wishes());
        } catch (CommandFailure failure) {
            if (failure.exitCode() == ExitCode.CANCELLED) {
                throw failure;
            }
            throw new CommandFailure(
                    failure.exitCode(),
                    failure.text() + "; look at the logs in " + folder.root().resolve("logs"),
                    failure);
        }
        return ExitCode.DONE.number();
    }
}
