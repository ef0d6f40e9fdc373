package io.lathe.launcher.sbom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lathe.launcher.setup.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The npm packages of the JupyterLab extension, from its lock file. */
final class NpmParts {
    private static final String FOLDER = "node_modules/";

    private NpmParts() {}

    static List<Component> of(Checkout checkout) {
        Path lock = checkout.root().resolve("publish-button").resolve("package-lock.json");
        List<Component> parts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : read(lock).path("packages").properties()) {
            int last = entry.getKey().lastIndexOf(FOLDER);
            JsonNode about = entry.getValue();
            if (last >= 0 && !about.path("link").asBoolean()) {
                String name = entry.getKey().substring(last + FOLDER.length());
                String version = about.path("version").asText();
                String licence = about.path("license").asText("");
                parts.add(Component.of(
                        "npm",
                        name,
                        version,
                        "pkg:npm/" + name.replace("@", "%40") + "@" + version,
                        about.path("dev").asBoolean() ? Component.Shipping.BUILDS : Component.Shipping.RUNS,
                        licence.isEmpty() ? List.of() : List.of(licence)));
            }
        }
        return parts;
    }

    private static JsonNode read(Path lock) {
        try {
            return new ObjectMapper().readTree(lock.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + lock, e);
        }
    }
}
