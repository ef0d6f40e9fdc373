package io.lathe.launcher.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Remembers with which fingerprint each phase was last done. A stamp is written when everything else of its phase is. */
record Stamps(Checkout checkout) {
    boolean matches(Phase phase) throws IOException {
        Path stamp = checkout.stamp(phase.name());
        return phase.inPlace()
                && Files.exists(stamp)
                && Files.readString(stamp).strip().equals(phase.fingerprint());
    }

    void remove(Phase phase) throws IOException {
        Files.deleteIfExists(checkout.stamp(phase.name()));
    }

    void write(Phase phase, String fingerprint) throws IOException {
        Folders.write(checkout.stamp(phase.name()), fingerprint + "\n");
    }
}
