package io.lathe.launcher.workbench;

import io.lathe.launcher.data.Settings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that may start a workbench. */
public final class StartOptions {
    @Option(
            names = "--port",
            paramLabel = "N",
            description =
                    "Loopback port of the workbench; 0 picks a free one. Kept for this data folder. Standard: 8080.")
    private @Nullable Integer port;

    @Option(
            names = "--serving-port",
            paramLabel = "N",
            description = "Loopback port of the serving endpoint; 0 picks a free one. Kept. Standard: 8501.")
    private @Nullable Integer servingPort;

    @Option(
            names = "--provisioner",
            paramLabel = "NAME",
            description = "How notebook servers are started. Today: process.")
    private @Nullable String provisioner;

    @Option(
            names = "--notebook-hosts",
            paramLabel = "WORD",
            description =
                    "How projects get hosts of their own: 'names' below notebooks.localhost, or loopback 'addresses' where those do not resolve. Kept. Standard: names.")
    private @Nullable String notebookHosts;

    public Settings.Wishes wishes() {
        return new Settings.Wishes(
                Optional.ofNullable(port),
                Optional.ofNullable(servingPort),
                Optional.ofNullable(provisioner),
                Optional.ofNullable(notebookHosts));
    }
}
