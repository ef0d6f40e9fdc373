package io.lathe.launcher.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What Lathe needs of the checkout: that it can be written, has room, is set up, and was not made tomorrow. */
final class CheckoutCheck {
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(2);
    private static final long WANTED = 4096 * DiskSpace.MIB;

    private final Checkout checkout;

    CheckoutCheck(Checkout checkout) {
        this.checkout = checkout;
    }

    List<Finding> findings() throws IOException {
        List<Finding> findings = new ArrayList<>();
        findings.add(writable());
        long needed = 0;
        Stamps stamps = new Stamps(checkout);
        for (Phase phase : Setup.everything(checkout)) {
            boolean done = stamps.matches(phase);
            needed += done ? 0 : phase.room();
            findings.add(
                    done
                            ? Finding.ok("set-up: " + phase.name(), "up to date")
                            : Finding.warn("set-up: " + phase.name(), "missing or out of date; './lathe up' makes it"));
        }
        findings.add(room(needed));
        findings.add(clock(checkout.build().resolve("stamps")));
        return findings;
    }

    private Finding writable() {
        Path folder = Files.isDirectory(checkout.build()) ? checkout.build() : checkout.root();
        try {
            Files.delete(Files.createTempFile(folder, ".doctor", ""));
            return Finding.ok("checkout", checkout.root().toString());
        } catch (IOException e) {
            return Finding.fail(
                    "checkout",
                    DiskSpace.explain(e, folder)
                            .or(() -> ReadOnly.explain(e, checkout))
                            .orElse("cannot write " + folder + ": " + e.getMessage()
                                    + ". Set LATHE_BUILD to a folder that you may write to"));
        }
    }

    private Finding room(long needed) {
        DiskSpace space = DiskSpace.at(checkout.build());
        String text = DiskSpace.mib(space.free()) + " free at " + space.folder();
        if (space.free() < needed) {
            return Finding.fail(
                    "disk space",
                    text + "; set-up needs about " + DiskSpace.mib(needed) + ": free at least "
                            + DiskSpace.mib(needed - space.free())
                            + ", or let set-up work on another disk with LATHE_BUILD=DIR");
        }
        return space.free() < WANTED
                ? Finding.warn("disk space", text + "; new versions of Lathe will fill that soon: free some")
                : Finding.ok("disk space", text);
    }

    /** A file of tomorrow shows that the clock was set back since it was written. */
    static Finding clock(Path folder) throws IOException {
        Instant newest = Newest.in(folder);
        Duration ahead = Duration.between(Instant.now(), newest);
        return ahead.compareTo(CLOCKS_DIFFER) > 0
                ? Finding.warn(
                        "clock",
                        "a file in " + folder + " is of " + newest + ", " + ahead.toMinutes()
                                + " minutes from now: the clock was"
                                + " wrong then or is wrong now. Set it right (timedatectl set-ntp true): logins and tokens"
                                + " end by it; then './lathe down' and './lathe up'")
                : Finding.ok("clock", "no file in " + folder + " is of the future");
    }
}
