package io.lathe.launcher.setup;

import java.io.IOException;
import java.nio.file.Path;

/** Runs set-up alone, in a process of its own that a test can kill. */
final class SetupTrial {
    private SetupTrial() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Checkout checkout = new Checkout(Path.of(arguments[0]));
        try {
            new Setup(checkout, new Progress(System.err)).run(Setup.everything(checkout));
        } catch (SetupFailure failure) {
            System.err.println(failure.getMessage());
            System.exit(failure.exitCode());
        }
    }
}
