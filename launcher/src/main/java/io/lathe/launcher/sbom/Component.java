package io.lathe.launcher.sbom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One library that Lathe uses.
 *
 * @param kind {@code Java}, {@code Python} or {@code npm}
 * @param purl its package URL, which names it among all
 * @param shipped whether it is part of what runs; else it only helps to build
 * @param document its CycloneDX component
 */
record Component(String kind, String name, String version, String purl, Shipping shipped, ObjectNode document) {

    /** Whether it runs at a user's or only builds. */
    enum Shipping {
        RUNS,
        BUILDS
    }

    static Component of(
            String kind, String name, String version, String purl, Shipping shipped, List<String> licences) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("type", "library");
        document.put("bom-ref", purl);
        document.put("name", name);
        document.put("version", version);
        document.put("scope", shipped == Shipping.RUNS ? "required" : "excluded");
        if (!licences.isEmpty()) {
            ArrayNode list = document.putArray("licenses");
            licences.forEach(licence -> list.addObject().putObject("license").put("name", licence));
        }
        document.put("purl", purl);
        return new Component(kind, name, version, purl, shipped, document);
    }

    /** Its licences by SPDX id where one is known, else by name. */
    List<String> licences() {
        List<String> names = new ArrayList<>();
        for (JsonNode entry : document.path("licenses")) {
            JsonNode licence = entry.path("license");
            String id = licence.path("id").asText(licence.path("name").asText(""));
            names.add(id.isEmpty() ? entry.path("expression").asText("") : id);
        }
        return List.copyOf(names);
    }
}
