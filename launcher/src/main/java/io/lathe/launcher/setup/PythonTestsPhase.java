package io.lathe.launcher.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Adds what only the tests need to the private Python environment: the outside judge of kernels. */
final class PythonTestsPhase implements Phase {
    private static final String PINS = "requirements-test.txt";

    private final Checkout checkout;
    private final PythonPhase python;

    PythonTestsPhase(Checkout checkout, PythonPhase python) {
        this.checkout = checkout;
        this.python = python;
    }

    @Override
    public String name() {
        return "python-tests";
    }

    @Override
    public String purpose() {
        return "adding the tests' Python packages";
    }

    @Override
    public List<Requirement> requirements() {
        return List.of();
    }

    @Override
    public String fingerprint() throws IOException {
        return new Fingerprint()
                .add(python.fingerprint())
                .addFile(python.pins(PINS))
                .hex();
    }

    @Override
    public boolean inPlace() {
        return Files.isExecutable(checkout.pythonProgram("python"));
    }

    @Override
    public long room() {
        return 100 * DiskSpace.MIB;
    }

    @Override
    public void run(Tools tools, Before before) throws IOException, InterruptedException {
        List<String> what = new ArrayList<>(List.of("-r", python.pins(PINS).toString()));
        if (before == Before.CUT_OFF) {
            // A package may be half there, which pip would take for installed or fail to remove.
            what.add("--ignore-installed");
        }
        python.install(tools, checkout.pythonProgram("python"), what);
    }
}
