package io.lathe.launcher.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Installs the Java kernel's specification into the private Python environment, in place of the one its wheel brings: that one starts whatever
 * {@code java} is on PATH; ours fixes the JDK and puts the kernel extension on the class path.
 */
final class KernelPhase implements Phase {
    private static final String SPEC = "kernel.json";

    /** The kernel itself, as its wheel installs it. */
    private static final String KERNEL = "jjava.jar";

    private final Checkout checkout;
    private final PythonPhase python;
    private final JarsPhase jars;

    KernelPhase(Checkout checkout, PythonPhase python, JarsPhase jars) {
        this.checkout = checkout;
        this.python = python;
        this.jars = jars;
    }

    @Override
    public String name() {
        return "kernel";
    }

    @Override
    public String purpose() {
        return "installing the Java kernel's specification";
    }

    @Override
    public List<Requirement> requirements() {
        return List.of();
    }

    @Override
    public String fingerprint() throws IOException {
        return new Fingerprint()
                .add(python.fingerprint())
                .add(jars.applications().toString())
                .add(java().toString())
                .addFolder(template(), Set.of())
                .hex();
    }

    @Override
    public boolean inPlace() {
        return Files.exists(folder().resolve(SPEC)) && Files.exists(folder().resolve(KERNEL));
    }

    @Override
    public long room() {
        return DiskSpace.MIB;
    }

    @Override
    public void run(Tools tools, Before before) throws IOException {
        List<Path> files = new ArrayList<>();
        try (var found = Files.newDirectoryStream(template(), Files::isRegularFile)) {
            found.forEach(files::add);
        }
        Files.createDirectories(folder());
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (!name.equals(SPEC)) {
                Files.copy(file, folder().resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        String text = Files.readString(template().resolve(SPEC))
                .replace("${java}", jsonText(java()))
                .replace("${home}", jsonText(jars.applications()));
        Folders.write(folder().resolve(SPEC), text);
    }

    private static String jsonText(Path path) {
        return path.toString().replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private Path template() {
        return checkout.root().resolve("kernel-extensions/src/main/kernelspec");
    }

    private Path folder() {
        return checkout.jupyterData().resolve("kernels").resolve("java");
    }
}
