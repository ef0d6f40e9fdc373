package io.lathe.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.launcher.terminal.ExitCode;
import io.lathe.launcher.terminal.Terminal;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** A command that lists what the workbench has: a line for each, or the JSON array as it came. */
public abstract class ListCommand extends DataCommand {
    @Option(names = "--json", description = "Print the result as one JSON array.")
    private boolean json;

    protected ListCommand(Path home, Terminal terminal) {
        super(home, terminal);
    }

    /** The JSON array that is listed. */
    protected abstract JsonNode all();

    /** One of its elements for a person. */
    protected abstract String line(JsonNode each);

    /** What is said where there is none: that, and how to get one. */
    protected abstract String nothing();

    @Override
    public final Integer call() {
        JsonNode all = all();
        if (json) {
            terminal().json(all);
        } else if (all.isEmpty()) {
            terminal().progress(nothing());
        } else {
            all.forEach(each -> terminal().result(line(each)));
        }
        return ExitCode.DONE.number();
    }
}
