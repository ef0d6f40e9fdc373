package io.lathe.launcher.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Remembers with which fingerprint each phase was last done, and which one was begun and never ended. A stamp is written when everything
 * else of its phase is.
 */
record Stamps(Checkout checkout) {
    boolean matches(Phase phase) throws IOException {
        Path stamp = checkout.stamp(phase.name());
        return phase.inPlace()
                && Files.exists(stamp)
                && Files.readString(stamp).strip().equals(phase.fingerprint());
    }

    /** Takes the stamp away until the phase is done, and says what the last attempt left. */
    Before begin(Phase phase) throws IOException {
        Before before = Files.exists(begun(phase)) ? Before.CUT_OFF : Before.WHOLE;
        Folders.write(begun(phase), "");
        Files.deleteIfExists(checkout.stamp(phase.name()));
        return before;
    }

    /** The phase ended in order without its results: what it left can be built upon. */
    void end(Phase phase) throws IOException {
        Files.deleteIfExists(begun(phase));
    }

    void write(Phase phase, String fingerprint) throws IOException {
        Folders.write(checkout.stamp(phase.name()), fingerprint + "\n");
        end(phase);
    }

    private Path begun(Phase phase) {
        return checkout.stamp(phase.name() + ".begun");
    }
}
