package io.lathe.launcher.workbench;

import io.lathe.launcher.api.WorkbenchApi;
import io.lathe.launcher.data.DataOption;
import io.lathe.launcher.terminal.ExitCode;
import io.lathe.launcher.terminal.Terminal;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./lathe login}. */
@Command(name = "login", description = "Print a fresh one-time login link.", footer = "It works once, for ten minutes.")
public final class LoginCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final DataOption data;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    public LoginCommand(Path home, Terminal terminal) {
        this.terminal = terminal;
        this.data = new DataOption(home);
    }

    @Override
    public Integer call() {
        LoginLink link = LoginLink.fresh(WorkbenchApi.of(data.folder()));
        if (json) {
            terminal.json(Map.of("url", link.url(), "expiresAt", link.expiresAt()));
        } else {
            terminal.progress("open this link to log in; it works once, until " + link.until());
            terminal.result(link.url());
        }
        return ExitCode.DONE.number();
    }
}
