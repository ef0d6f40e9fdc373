package io.lathe.launcher.sbom;

import io.lathe.launcher.setup.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Python packages of the notebook environment: the pins, with the licences that the installed packages name. */
final class PythonParts {
    private static final List<String> PINS = List.of("requirements.txt", "templates-data.txt");
    private static final Pattern PIN = Pattern.compile("^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\\s;\\\\]+).*");
    private static final String CLASSIFIER = "Classifier: License :: OSI Approved :: ";

    private PythonParts() {}

    static List<Component> of(Checkout checkout) {
        Map<String, List<String>> licences = licences(checkout.python());
        List<Component> parts = new ArrayList<>();
        for (String file : PINS) {
            for (String line : lines(checkout.root().resolve("gpu-images").resolve(file))) {
                Matcher pin = PIN.matcher(line);
                if (pin.matches()) {
                    String name = normal(pin.group(1));
                    parts.add(Component.of(
                            "Python",
                            name,
                            pin.group(2),
                            "pkg:pypi/" + name + "@" + pin.group(2),
                            Component.Shipping.RUNS,
                            licences.getOrDefault(name, List.of())));
                }
            }
        }
        return parts;
    }

    /** Names of one package in one spelling, as PyPI compares them. */
    private static String normal(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
    }

    private static Map<String, List<String>> licences(Path python) {
        Map<String, List<String>> all = new HashMap<>();
        if (!Files.isDirectory(python.resolve("lib"))) {
            return all; // not set up yet: the pins are known, the licences are not
        }
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(python.resolve("lib"), "python3*")) {
            for (Path version : versions) {
                try (DirectoryStream<Path> installed =
                        Files.newDirectoryStream(version.resolve("site-packages"), "*.dist-info")) {
                    installed.forEach(folder -> read(folder.resolve("METADATA"), all));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the Python environment in " + python, e);
        }
        return all;
    }

    private static void read(Path metadata, Map<String, List<String>> all) {
        String name = "";
        String licence = "";
        List<String> classified = new ArrayList<>();
        for (String line : lines(metadata)) {
            if (line.isEmpty()) {
                break; // the description follows
            }
            if (line.startsWith("Name: ")) {
                name = normal(line.substring(6).strip());
            } else if (line.startsWith("License-Expression: ")) {
                all.put(name, List.of(line.substring(20).strip()));
                return;
            } else if (line.startsWith("License: ")) {
                licence = line.substring(9).strip();
            } else if (line.startsWith(CLASSIFIER)) {
                classified.add(line.substring(CLASSIFIER.length()).strip());
            }
        }
        boolean isName = !licence.isEmpty() && licence.length() < 60 && !licence.equals("UNKNOWN");
        all.put(name, classified.isEmpty() ? (isName ? List.of(licence) : List.of()) : List.copyOf(classified));
    }

    private static List<String> lines(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
