package io.lathe.launcher.workbench;

import io.lathe.launcher.command.DataCommand;
import io.lathe.launcher.terminal.ExitCode;
import io.lathe.launcher.terminal.Terminal;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./lathe login}. */
@Command(name = "login", description = "Print a fresh one-time login link.", footer = "It works once, for ten minutes.")
public final class LoginCommand extends DataCommand {
    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    public LoginCommand(Path home, Terminal terminal) {
        super(home, terminal);
    }

    @Override
    public Integer call() {
        LoginLink link = LoginLink.fresh(api());
        if (json) {
            terminal().json(Map.of("url", link.url(), "expiresAt", link.expiresAt()));
        } else {
            terminal().progress("open this link to log in; it works once, until " + link.until());
            terminal().result(link.url());
        }
        return ExitCode.DONE.number();
    }
}
