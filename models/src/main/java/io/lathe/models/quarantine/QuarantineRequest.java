package io.lathe.models.quarantine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lathe.models.json.CanonicalJson;
import io.lathe.models.json.JsonFields;
import java.nio.file.Path;
import java.util.Optional;

/** What the quarantine process is asked to look at, in the file it is started with. Paths are absolute. */
record QuarantineRequest(Path candidate, Optional<Path> production, Path evaluationCsv) {
    private static final int MAX_BYTES = 1 << 16;

    byte[] toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("candidate", candidate.toAbsolutePath().toString());
        production.ifPresent(zip -> node.put("production", zip.toAbsolutePath().toString()));
        node.put("evaluationCsv", evaluationCsv.toAbsolutePath().toString());
        return CanonicalJson.write(node);
    }

    static QuarantineRequest fromJson(byte[] json) {
        JsonFields fields = new JsonFields(CanonicalJson.parse(json, MAX_BYTES, "The request"), "The request");
        return new QuarantineRequest(
                Path.of(fields.text("candidate")),
                fields.findText("production").map(Path::of),
                Path.of(fields.text("evaluationCsv")));
    }
}
