package io.lathe.launcher.backup;

import io.lathe.launcher.data.DataOption;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ./lathe restore}. */
@Command(
        name = "restore",
        description = "Lay a backup out as a data folder, which must be missing or empty.",
        footer = {
            "Every file is checked; the folder appears when all is in place, or not at all.",
            "Tokens of consumers and personal tokens go on working;",
            "browsers must log in again ('./lathe up', './lathe login')."
        })
public final class RestoreCommand implements Callable<Integer> {
    private final Path home;

    @Mixin
    private final DataOption data;

    @Parameters(paramLabel = "FILE", description = "A backup made by './lathe backup'.")
    private Path file = Path.of("");

    public RestoreCommand(Path home) {
        this.home = home;
        this.data = new DataOption(home);
    }

    @Override
    public Integer call() throws InterruptedException {
        return new BackupProgram(home).run("restore", file, data.folder().root());
    }
}
