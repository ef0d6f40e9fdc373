package io.lathe.launcher.sbom;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lathe.launcher.setup.Checkout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Everything Lathe is made of, each thing once, in the order of package URLs. The same sources give the same document, byte by byte: it
 * holds no time, and its serial number is made from what it lists.
 */
record Sbom(String version, List<Component> components) {

    static Sbom of(Checkout checkout, String version) {
        Map<String, Component> byPurl = new TreeMap<>();
        Stream.of(JavaParts.of(checkout), PythonParts.of(checkout), NpmParts.of(checkout))
                .flatMap(List::stream)
                .forEach(part ->
                        byPurl.merge(part.purl(), part, (a, b) -> a.shipped() == Component.Shipping.RUNS ? a : b));
        return new Sbom(version, List.copyOf(byPurl.values()));
    }

    /** CycloneDX 1.6. */
    ObjectNode document() {
        ObjectNode document = new ObjectMapper().createObjectNode();
        document.put("bomFormat", "CycloneDX");
        document.put("specVersion", "1.6");
        document.put("serialNumber", "urn:uuid:" + serial());
        document.put("version", 1);
        ObjectNode product = document.putObject("metadata").putObject("component");
        product.put("type", "application");
        product.put("bom-ref", "lathe");
        product.put("name", "lathe");
        product.put("version", version);
        ArrayNode list = document.putArray("components");
        components.forEach(component -> list.add(component.document()));
        return document;
    }

    private UUID serial() {
        StringBuilder purls = new StringBuilder(version);
        components.forEach(component -> purls.append('\n').append(component.purl()));
        return UUID.nameUUIDFromBytes(purls.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** A Markdown table of what runs; what only builds is counted. */
    List<String> table() {
        Stream<String> rows = components.stream()
                .filter(component -> component.shipped() == Component.Shipping.RUNS)
                .map(component -> "| %s | %s | %s | %s |"
                        .formatted(
                                component.kind(),
                                component.name(),
                                component.version(),
                                String.join(" or ", component.licences())));
        return Stream.concat(Stream.of("| kind | library | version | licence |", "|---|---|---|---|"), rows)
                .toList();
    }
}
