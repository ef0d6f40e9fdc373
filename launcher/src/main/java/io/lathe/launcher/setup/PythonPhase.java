package io.lathe.launcher.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes the private Python environment: JupyterLab, the Java kernel, Node, and the templates' data packages, all pinned and hashed. Each set
 * of pins gets its own folder and a link names the current one, because environments cannot be moved and a notebook server may still run from the old one.
 */
final class PythonPhase implements Phase {
    private static final Duration DEADLINE = Duration.ofMinutes(20);

    private final Checkout checkout;

    PythonPhase(Checkout checkout) {
        this.checkout = checkout;
    }

    @Override
    public String name() {
        return "python";
    }

    @Override
    public String purpose() {
        return "making the private Python environment (JupyterLab, Java kernel, Node)";
    }

    @Override
    public List<Requirement> requirements() {
        return List.of(Requirement.python());
    }

    @Override
    public String fingerprint() throws IOException {
        // The folder's own path is written into an environment's programs.
        return new Fingerprint()
                .add(checkout.root().toString())
                .addFile(pins("requirements.txt"))
                .addFile(pins("templates-data.txt"))
                .hex();
    }

    @Override
    public boolean inPlace() {
        return Stream.of("python", "jupyter-lab", "node", "npm")
                .map(checkout::pythonProgram)
                .allMatch(Files::isExecutable);
    }

    @Override
    public long room() {
        return 700 * DiskSpace.MIB;
    }

    @Override
    public void run(Tools tools, Before before) throws IOException, InterruptedException {
        Python python = Python.find().orElseThrow(() -> new SetupFailure("Python went away while set-up was running"));
        Path folder = checkout.build().resolve("python-" + fingerprint().substring(0, 12));
        Folders.delete(folder);
        Map<String, String> environment = Map.of();
        tools.run(
                checkout.root(),
                environment,
                DEADLINE,
                List.of(python.program().toString(), "-I", "-m", "venv", folder.toString()));
        Path program = folder.resolve("bin").resolve("python");
        install(tools, program, List.of("-r", pins("requirements.txt").toString()));
        install(
                tools,
                program,
                List.of("--no-deps", "-r", pins("templates-data.txt").toString()));
        Folders.link(checkout.python(), folder.getFileName());
        Folders.deleteUnused(checkout.build(), "python-*", folder);
    }

    void install(Tools tools, Path program, List<String> what) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString(), "-I", "-m", "pip"));
        command.addAll(List.of("install", "--no-input", "--disable-pip-version-check", "--progress-bar", "off"));
        command.addAll(List.of("--require-hashes", "--only-binary", ":all:"));
        command.addAll(what);
        tools.run(checkout.root(), Map.of(), DEADLINE, command);
    }

    Path pins(String name) {
        return checkout.root().resolve("gpu-images").resolve(name);
    }
}
