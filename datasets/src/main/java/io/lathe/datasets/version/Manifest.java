package io.lathe.datasets.version;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.lathe.datasets.store.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A version as its stored bytes, which give it its id.
 *
 * @param version what it says
 * @param json how it is stored, as UTF-8
 */
record Manifest(DatasetVersion version, String json) {
    static Manifest of(
            CommitRequest request, List<DatasetFile> files, int number, Optional<String> parent, Instant at) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("format", 0);
        json.put("dataset", request.dataset().value());
        json.put("number", number);
        var list = json.putArray("files");
        for (var file : files) {
            list.addObject().put("path", file.path()).put("bytes", file.bytes()).put("sha256", file.sha256());
        }
        json.put("parent", parent.orElse(null));
        json.put("message", request.message());
        json.put("author", request.author());
        json.put("source", request.source());
        json.put("reason", request.reason());
        json.put("created", at.toString());
        var bytes = Json.bytes(json);
        return new Manifest(parse(json, Sha256.of(bytes)), new String(bytes, StandardCharsets.UTF_8));
    }

    byte[] bytes() {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    static DatasetVersion parse(JsonNode json, String id) {
        var files = new ArrayList<DatasetFile>();
        for (var file : json.path("files")) {
            files.add(
                    new DatasetFile(Json.text(file, "path"), file.path("bytes").asLong(-1), Json.text(file, "sha256")));
        }
        return new DatasetVersion(
                new DatasetName(Json.text(json, "dataset")),
                json.path("number").asInt(),
                id,
                files,
                json.path("parent").isTextual() ? Optional.of(Json.text(json, "parent")) : Optional.empty(),
                Json.text(json, "message"),
                Json.text(json, "author"),
                Json.text(json, "source"),
                Json.text(json, "reason"),
                Instant.parse(Json.text(json, "created")));
    }
}
