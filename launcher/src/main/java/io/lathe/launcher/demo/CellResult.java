package io.lathe.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a cell did.
 *
 * @param reply the content of the kernel's answer
 * @param outputs what it put out on the way, in the notebook format's form
 */
record CellResult(JsonNode reply, List<JsonNode> outputs) {
    private static final Pattern COLOUR = Pattern.compile("\\e\\[[0-9;]*m");
    private static final String PUBLICATION = "application/vnd.lathe.publication+json";

    CellResult {
        outputs = List.copyOf(outputs);
    }

    boolean failed() {
        return !reply.path("status").asText().equals("ok")
                || outputs.stream()
                        .anyMatch(output -> output.path("output_type").asText().equals("error"));
    }

    /** The error as the kernel tells it, without colours. */
    String error() {
        List<JsonNode> tellers = new ArrayList<>(outputs);
        tellers.removeIf(output -> !output.path("output_type").asText().equals("error"));
        tellers.add(reply);
        JsonNode error = tellers.getFirst();
        List<String> lines = new ArrayList<>();
        error.path("traceback").forEach(line -> lines.add(line.asText()));
        if (lines.isEmpty()) {
            lines.add(error.path("ename").asText("error") + ": "
                    + error.path("evalue").asText());
        }
        return COLOUR.matcher(String.join("\n", lines)).replaceAll("");
    }

    /** The id of a publication that the cell started. */
    Optional<String> publication() {
        return outputs.stream()
                .map(output -> output.path("data").path(PUBLICATION).path("id").asText())
                .filter(id -> !id.isEmpty())
                .findFirst();
    }
}
