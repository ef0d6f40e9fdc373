package io.lathe.launcher.setup;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Something that must be installed on the machine.
 *
 * @param name what it is, with its version
 * @param debianPackages what brings it on Debian and Ubuntu
 * @param elsewhere how to get it on other systems
 * @param met asks the machine
 */
record Requirement(String name, List<String> debianPackages, String elsewhere, BooleanSupplier met) {
    Requirement {
        debianPackages = List.copyOf(debianPackages);
    }

    /** The name without its version. */
    String shortName() {
        return name.replaceFirst(" .*", "");
    }

    static Requirement maven() {
        return new Requirement(
                "Maven 3.8 or newer",
                List.of("maven"),
                "unpack Apache Maven 3.9 and put its bin folder on PATH, or set MAVEN_HOME",
                () -> Maven.find().isPresent());
    }

    static Requirement python() {
        return new Requirement(
                "Python 3.10 to 3.14 with venv and pip",
                List.of("python3", "python3-venv"),
                "install Python 3.13 and put it on PATH, or set LATHE_PYTHON to its program",
                () -> Python.find().isPresent());
    }

    static Requirement chromium() {
        return new Requirement(
                "Chromium",
                List.of("chromium", "fonts-dejavu-core"),
                "install Chromium or Chrome and put it on PATH, or set LATHE_CHROMIUM to its program",
                () -> Chromium.find().isPresent());
    }
}
