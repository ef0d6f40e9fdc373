package io.lathe.launcher.sbom;

import io.lathe.launcher.setup.Checkout;
import io.lathe.launcher.terminal.ExitCode;
import io.lathe.launcher.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./lathe sbom}: what Lathe is made of, for whoever must know. */
@Command(name = "sbom", description = "Print what Lathe is made of, as a CycloneDX document.")
public final class SbomCommand implements Callable<Integer> {
    private final Path home;
    private final Terminal terminal;

    @Option(names = "--list", description = "Print a table for people instead: versions, licences, today's date.")
    private boolean list;

    public SbomCommand(Path home, Terminal terminal) {
        this.home = home;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Checkout checkout = new Checkout(home);
        Sbom sbom = Sbom.of(checkout, checkout.version());
        if (list) {
            terminal.result("# Dependencies");
            terminal.result("");
            terminal.result("Made by `./lathe sbom --list > docs/dependencies.md` on " + LocalDate.now(ZoneOffset.UTC)
                    + ": every library that runs, by version. `./lathe sbom` has the rest.");
            terminal.result("");
            sbom.table().forEach(terminal::result);
        } else {
            terminal.json(sbom.document());
        }
        return ExitCode.DONE.number();
    }
}
