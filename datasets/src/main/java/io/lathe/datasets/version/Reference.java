package io.lathe.datasets.version;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The one document of a dataset that moves: which versions there are, their tags, and the schema it is held to.
 *
 * @param manifests the manifest ids of versions 1, 2, …
 * @param tags from tag to version number
 * @param schemas the accepted schemas, the current one last
 */
record Reference(List<String> manifests, Map<String, Integer> tags, List<Acceptance> schemas) {
    static final Reference NONE = new Reference(List.of(), Map.of(), List.of());

    Reference {
        manifests = List.copyOf(manifests);
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
        schemas = List.copyOf(schemas);
    }

    Optional<String> latest() {
        return manifests.isEmpty() ? Optional.empty() : Optional.of(manifests.getLast());
    }

    Optional<String> schema() {
        return schemas.isEmpty()
                ? Optional.empty()
                : Optional.of(schemas.getLast().id());
    }

    Optional<Integer> number(Selector selector) {
        return switch (selector) {
            case Selector.Version(var number) -> Optional.of(number).filter(each -> each <= manifests.size());
            case Selector.Latest() -> Optional.of(manifests.size()).filter(each -> each > 0);
            case Selector.Tag(var tag) -> Optional.ofNullable(tags.get(tag));
        };
    }

    Reference withVersion(String manifest) {
        var all = new ArrayList<>(manifests);
        all.add(manifest);
        return new Reference(all, tags, schemas);
    }

    Reference withTag(String tag, int number) {
        var all = new LinkedHashMap<>(tags);
        all.put(tag, number);
        return new Reference(manifests, all, schemas);
    }

    Reference withSchema(Acceptance acceptance) {
        var all = new ArrayList<>(schemas);
        all.add(acceptance);
        return new Reference(manifests, tags, all);
    }

    ObjectNode toJson() {
        var json = JsonNodeFactory.instance.objectNode();
        var versions = json.putObject("versions");
        for (var i = 0; i < manifests.size(); i++) {
            versions.put(Integer.toString(i + 1), manifests.get(i));
        }
        var tagged = json.putObject("tags");
        tags.forEach(tagged::put);
        var schema = json.putObject("schema");
        schema.put("current", schema().orElse(null));
        var history = schema.putArray("history");
        for (var each : schemas) {
            history.addObject()
                    .put("id", each.id())
                    .put("author", each.author())
                    .put("reason", each.reason())
                    .put("at", each.at().toString());
        }
        return json;
    }

    static Reference fromJson(JsonNode json) {
        var manifests = manifests(json.path("versions"));
        var tags = new LinkedHashMap<String, Integer>();
        json.path("tags").properties().forEach(tag -> {
            var number = tag.getValue().asInt();
            if (number < 1 || number > manifests.size()) {
                throw new Json.MalformedDocument("the tag '" + tag.getKey() + "' is of no version.");
            }
            tags.put(tag.getKey(), number);
        });
        var schemas = new ArrayList<Acceptance>();
        for (var each : json.path("schema").path("history")) {
            schemas.add(new Acceptance(
                    Json.text(each, "id"),
                    Json.text(each, "author"),
                    Json.text(each, "reason"),
                    Instant.parse(Json.text(each, "at"))));
        }
        return new Reference(manifests, tags, schemas);
    }

    /** All versions from 1 on: a document that lost some must not pass for one of fewer. */
    private static List<String> manifests(JsonNode versions) {
        var manifests = new ArrayList<String>();
        for (var number = 1; number <= versions.size(); number++) {
            manifests.add(Json.text(versions, Integer.toString(number)));
        }
        if (manifests.isEmpty()) {
            throw new Json.MalformedDocument("it names no version.");
        }
        return manifests;
    }
}
