package io.lathe.launcher.command;

import io.lathe.launcher.api.WorkbenchApi;
import io.lathe.launcher.data.DataFolder;
import io.lathe.launcher.data.DataOption;
import io.lathe.launcher.terminal.Terminal;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command about one data folder; it answers its exit code. */
public abstract class DataCommand implements Callable<Integer> {
    private final Path home;
    private final Terminal terminal;

    @Mixin
    private final DataOption data;

    /** @param home the checkout */
    protected DataCommand(Path home, Terminal terminal) {
        this.home = home;
        this.terminal = terminal;
        this.data = new DataOption(home);
    }

    /** The checkout. */
    protected final Path home() {
        return home;
    }

    protected final Terminal terminal() {
        return terminal;
    }

    protected final DataFolder folder() {
        return data.folder();
    }

    /** The API of the folder's workbench; whoever uses it is told when none runs. */
    protected final WorkbenchApi api() {
        return WorkbenchApi.of(folder());
    }
}
