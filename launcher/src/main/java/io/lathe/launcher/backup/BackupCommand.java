package io.lathe.launcher.backup;

import io.lathe.launcher.data.DataOption;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ./lathe backup}. */
@Command(
        name = "backup",
        description = "Write a backup of the data folder to a file; the workbench may run meanwhile.",
        footer = {
            "In it: database, object store, settings, projects' folders.",
            "Not in it: logged-in browsers, running notebook servers and their memory,",
            "logs, links in projects' folders.",
            "It overwrites nothing, and the file has its name only when it is whole."
        })
public final class BackupCommand implements Callable<Integer> {
    private final Path home;

    @Mixin
    private final DataOption data;

    @Parameters(paramLabel = "FILE", description = "The file to make.")
    private Path file = Path.of("");

    public BackupCommand(Path home) {
        this.home = home;
        this.data = new DataOption(home);
    }

    @Override
    public Integer call() throws InterruptedException {
        return new BackupProgram(home).run("backup", data.folder().root(), file);
    }
}
