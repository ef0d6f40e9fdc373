package io.lathe.workbench.backup;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.datasets.problem.LatheException;
import io.lathe.workbench.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Follows what is named (bundles by model versions; manifests, schemas and files by references) to what was copied. What is missing in the
 * copy is missing in the store too, since the store was copied after its names; a person should know it all the same.
 *
 * @param copied the names of the copied objects, as keys of the store
 * @param references the copied references by name, as they were copied: they may have moved on since
 */
record StoreCompleteness(Path store, Set<String> copied, Map<String, String> references) {
    /** One line for each object that something names and the copy lacks. */
    List<String> missing(List<String> bundles) throws IOException {
        List<String> missing = new ArrayList<>();
        for (String bundle : bundles) {
            require("bundles/" + bundle + ".zip", "a model version", missing);
        }
        for (var copy : references.entrySet()) {
            String reference = copy.getKey();
            JsonNode document = parse(reference, copy.getValue(), missing);
            for (JsonNode schema : document.path("schema").path("history")) {
                require("schemas/" + schema.path("id").asText() + ".pbtxt", reference, missing);
            }
            for (JsonNode manifest : document.path("versions")) {
                String key = "manifests/" + manifest.asText();
                require(key, reference, missing);
                for (JsonNode file : read(key, missing).path("files")) {
                    String sha256 = file.path("sha256").asText();
                    require(
                            "objects/" + sha256.substring(0, Math.min(2, sha256.length())) + "/" + sha256,
                            key,
                            missing);
                }
            }
        }
        return missing;
    }

    private void require(String key, String who, List<String> missing) {
        if (!copied.contains(key)) {
            missing.add(key + ", which " + who + " names");
        }
    }

    private JsonNode read(String key, List<String> missing) throws IOException {
        Path file = store.resolve(key);
        return Files.exists(file) ? parse(key, Files.readString(file), missing) : Json.tree("{}");
    }

    private static JsonNode parse(String key, String text, List<String> missing) {
        try {
            return Json.tree(text);
        } catch (LatheException e) {
            missing.add(key + " as it should be: " + e.getMessage());
            return Json.tree("{}");
        }
    }
}
