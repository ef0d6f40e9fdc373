package io.lathe.launcher.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The folder that holds Lathe's sources, and where set-up puts what it makes. One checkout serves any number of data folders. */
public record Checkout(Path root) {
    private static final Pattern VERSION = Pattern.compile("<artifactId>lathe</artifactId>\\s*<version>([^<]+)<");

    public Checkout {
        root = root.toAbsolutePath().normalize();
    }

    /** The version in the parent's project file: the sources are what runs. */
    public String version() throws IOException {
        Path pom = root.resolve("pom.xml");
        Matcher matcher = VERSION.matcher(Files.readString(pom));
        if (!matcher.find()) {
            throw new SetupFailure(pom + " names no version: " + root + " must be a whole checkout of Lathe");
        }
        return matcher.group(1);
    }

    /** Everything that set-up makes outside Maven's {@code target} folders. */
    public Path build() {
        return root.resolve(".build");
    }

    /** Where Lathe keeps its state unless {@code --data} says otherwise: the same folder from whatever folder it is called. */
    public Path defaultData() {
        return root.resolve(".lathe");
    }

    /** The private Python environment: a link to the one that is current. */
    public Path python() {
        return build().resolve("python");
    }

    public Path pythonProgram(String name) {
        return python().resolve("bin").resolve(name);
    }

    /** Jupyter's data folder inside the private Python environment: kernels, extensions. */
    public Path jupyterData() {
        return python().resolve("share").resolve("jupyter");
    }

    public Path log(String phase) {
        return build().resolve("logs").resolve(phase + ".log");
    }

    public Path stamp(String phase) {
        return build().resolve("stamps").resolve(phase);
    }

    /** The jar of a module that is started or loaded by name, for example {@code workbench-server}, as Maven leaves it. */
    public Path built(String module) {
        return root.resolve(module).resolve("target").resolve(module + ".jar");
    }

    /**
     * What runs: a link to the current copy of the built jars, laid out like the checkout. Maven overwrites its jars in place, which would break
     * a workbench or a kernel that has them open; a copy is never changed.
     */
    public Path applications() {
        return build().resolve("applications");
    }

    /** Where programs unpack their native libraries: the system's folder for passing files may forbid to execute what lies there. */
    public Path nativeLibraries() {
        return build().resolve("native");
    }

    /** The copy of a module's jar that is started or loaded. */
    public Path jar(String module) {
        return applications().resolve(root.relativize(built(module)));
    }
}
