package io.lathe.launcher.data;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names the data folder; every command that has one mixes it in. */
public final class DataOption {
    private final Path standard;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder that holds all state; may be missing or empty. Standard: .lathe in the checkout.")
    private @Nullable Path chosen;

    /** @param home the checkout */
    public DataOption(Path home) {
        this.standard = home.resolve(".lathe");
    }

    public DataFolder folder() {
        return new DataFolder(chosen == null ? standard : chosen, standard);
    }
}
