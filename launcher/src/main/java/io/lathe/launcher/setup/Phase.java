package io.lathe.launcher.setup;

import java.io.IOException;
import java.util.List;

/** One step of set-up. Running it twice does no harm; cut off anywhere, running it again mends it. */
interface Phase {
    /** A short word; names the log and the stamp. */
    String name();

    /** What it does, for the user. */
    String purpose();

    /** What the machine must have before it can run. */
    List<Requirement> requirements();

    /** Changes exactly when the phase must run again. */
    String fingerprint() throws IOException;

    /** Whether what it makes is there; a stamp alone does not prove that. */
    boolean inPlace();

    /** About how much it writes below the checkout and its {@code .build}, bytes. */
    long room();

    /** @param before what the last attempt left; results cut off must not be built upon */
    void run(Tools tools, Before before) throws IOException, InterruptedException;
}
