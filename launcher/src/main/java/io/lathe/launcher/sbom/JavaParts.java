package io.lathe.launcher.sbom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lathe.launcher.setup.Checkout;
import io.lathe.launcher.terminal.CommandFailure;
import io.lathe.launcher.terminal.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The Java libraries: the build writes each application's list into its jar, in the form CycloneDX. */
final class JavaParts {
    /** Inside each application's jar. */
    static final String ENTRY = "META-INF/sbom/application.cdx.json";

    private static final List<String> APPLICATIONS =
            List.of("workbench-server", "serving-endpoint", "kernel-extensions", "launcher");
    private static final ObjectMapper JSON = new ObjectMapper();

    private JavaParts() {}

    static List<Component> of(Checkout checkout) {
        List<Component> parts = new ArrayList<>();
        for (String application : APPLICATIONS) {
            for (JsonNode component : document(checkout.built(application)).path("components")) {
                if (!component.path("group").asText().equals("io.lathe")) {
                    parts.add(new Component(
                            "Java",
                            component.path("group").asText() + ":"
                                    + component.path("name").asText(),
                            component.path("version").asText(),
                            component.path("purl").asText(),
                            Component.Shipping.RUNS,
                            (ObjectNode) component));
                }
            }
        }
        return parts;
    }

    private static JsonNode document(Path jar) {
        if (!Files.exists(jar)) {
            throw new CommandFailure(ExitCode.FAILED, jar + " is missing; './lathe up' builds it");
        }
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry(ENTRY);
            if (entry == null) {
                throw new CommandFailure(
                        ExitCode.FAILED, jar + " holds no " + ENTRY + "; './lathe up' builds it anew with one");
            }
            try (InputStream in = zip.getInputStream(entry)) {
                return JSON.readTree(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + ENTRY + " in " + jar, e);
        }
    }
}
