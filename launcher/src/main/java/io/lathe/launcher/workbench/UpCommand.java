package io.lathe.launcher.workbench;

import io.lathe.launcher.api.WorkbenchApi;
import io.lathe.launcher.command.DataCommand;
import io.lathe.launcher.data.DataFolder;
import io.lathe.launcher.terminal.CommandFailure;
import io.lathe.launcher.terminal.ExitCode;
import io.lathe.launcher.terminal.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./lathe up}; set-up has been done when it runs. */
@Command(
        name = "up",
        description = "Set up what changed, start everything and print a login link.",
        footer = "The link works once, for ten minutes; './lathe login' prints another.")
public final class UpCommand extends DataCommand {
    @Mixin
    private final StartOptions start = new StartOptions();

    @Option(names = "--foreground", description = "Stay until Ctrl-C, which stops everything that was started.")
    private boolean foreground;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    public UpCommand(Path home, Terminal terminal) {
        super(home, terminal);
    }

    @Override
    public Integer call() throws InterruptedException {
        DataFolder folder = folder();
        Workbench.Running running = new Workbench(home(), folder, terminal()).ensureRunning(start.wishes());
        boolean wasRunning = running.origin() == Workbench.Origin.WAS_RUNNING;
        if (wasRunning) {
            terminal().progress("a workbench already runs at " + running.url() + " on " + folder.root());
        }
        if (foreground && wasRunning) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "it was not started here, so --foreground cannot hold it; '" + folder.command("down")
                            + "' ends it");
        }
        LoginLink link = LoginLink.fresh(WorkbenchApi.at(running.port(), folder.operatorToken()));
        if (json) {
            terminal().json(result(running, folder, link));
        } else {
            terminal().progress("open this link to log in; it works once, until " + link.until());
            terminal().result(link.url());
        }
        return foreground ? stay(running, folder) : ExitCode.DONE.number();
    }

    private static Map<String, Object> result(Workbench.Running running, DataFolder folder, LoginLink link) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("url", running.url());
        result.put("pid", running.process().pid());
        result.put("servingPort", running.settings().servingPort());
        result.put("data", folder.root().toString());
        result.put("state", running.origin() == Workbench.Origin.WAS_RUNNING ? "was-running" : "started");
        result.put("loginLink", link.url());
        result.put("expiresAt", link.expiresAt());
        return result;
    }

    private int stay(Workbench.Running running, DataFolder folder) throws InterruptedException {
        CountDownLatch cancelled = new CountDownLatch(1);
        Thread atExit = new Thread(
                () -> {
                    cancelled.countDown();
                    terminal().progress("stopping");
                    new Shutdown(folder, terminal()).everything();
                },
                "stop-workbench");
        Runtime.getRuntime().addShutdownHook(atExit);
        terminal().progress("Ctrl-C stops it");
        boolean ended = false;
        while (!ended) {
            ended = running.process().awaitEnd(Duration.ofHours(1));
        }
        if (cancelled.getCount() == 0) {
            // The hook still works with this command's classes, which go when it returns.
            atExit.join();
            return ExitCode.CANCELLED.number();
        }
        Runtime.getRuntime().removeShutdownHook(atExit);
        terminal().progress("the workbench ended; its log is " + folder.log("workbench"));
        return ExitCode.FAILED.number();
    }
}
