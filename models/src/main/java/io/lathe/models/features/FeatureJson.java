package io.lathe.models.features;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.models.features.FeatureTransform.CategoryType;
import io.lathe.models.json.CanonicalJson;
import io.lathe.models.json.JsonFields;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** {@code transforms.json}, format 0; without {@code labels} the response is a number. */
final class FeatureJson {
    private static final int FORMAT = 0;
    private static final int MAX_BYTES = 1 << 20;

    private FeatureJson() {}

    static String write(FittedFeatures<?> features) {
        return CanonicalJson.text(node(features));
    }

    static ObjectNode node(FittedFeatures<?> features) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("format", FORMAT);
        node.put("response", features.response().column());
        if (features.response() instanceof Response.Labels known) {
            ArrayNode labels = node.putArray("labels");
            known.labels().forEach(labels::add);
        }
        ArrayNode transforms = node.putArray("transforms");
        features.transforms().forEach(transform -> transforms.add(node(transform)));
        return node;
    }

    private static ObjectNode node(FeatureTransform transform) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("column", transform.column());
        node.put("whenMissing", transform.whenMissing().wireName());
        switch (transform) {
            case FeatureTransform.Standardised number ->
                node.put("kind", "standardised")
                        .put("mean", number.mean())
                        .put("standardDeviation", number.standardDeviation());
            case FeatureTransform.OneHot category -> {
                node.put("kind", "one-hot").put("type", category.type().wireName());
                ArrayNode values = node.putArray("values");
                category.values().forEach(values::add);
            }
            case FeatureTransform.Flag flag -> node.put("kind", "flag");
        }
        return node;
    }

    static FittedFeatures<?> read(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return read(new JsonFields(CanonicalJson.parse(bytes, MAX_BYTES, "transforms.json"), "transforms.json"));
    }

    static FittedFeatures<?> read(JsonFields fields) {
        if (fields.whole("format") != FORMAT) {
            throw bad("%s has format %d; this version reads format %d."
                    .formatted(fields.what(), fields.whole("format"), FORMAT));
        }
        List<FeatureTransform> transforms = fields.objects("transforms").stream()
                .map(FeatureJson::transform)
                .toList();
        String response = fields.text("response");
        return fields.node().has("labels")
                ? new FittedFeatures<>(new Response.Labels(response, fields.texts("labels")), transforms)
                : new FittedFeatures<>(new Response.Numbers(response), transforms);
    }

    private static FeatureTransform transform(JsonFields fields) {
        String column = fields.text("column");
        WhenMissing whenMissing = byWireName(WhenMissing.values(), WhenMissing::wireName, fields, "whenMissing");
        return switch (fields.text("kind")) {
            case "standardised" ->
                new FeatureTransform.Standardised(
                        column, fields.number("mean"), fields.number("standardDeviation"), whenMissing);
            case "one-hot" ->
                new FeatureTransform.OneHot(
                        column,
                        byWireName(CategoryType.values(), CategoryType::wireName, fields, "type"),
                        fields.texts("values"),
                        whenMissing);
            case "flag" -> new FeatureTransform.Flag(column, whenMissing);
            default ->
                throw bad("%s.kind is '%s', which is not a known transform."
                        .formatted(fields.what(), fields.text("kind")));
        };
    }

    private static <E> E byWireName(E[] values, Function<E, String> wireName, JsonFields fields, String field) {
        String asked = fields.text(field);
        return Arrays.stream(values)
                .filter(value -> wireName.apply(value).equals(asked))
                .findFirst()
                .orElseThrow(() -> bad("%s.%s is '%s', which is not known.".formatted(fields.what(), field, asked)));
    }

    private static LatheException bad(String message) {
        return new LatheException(ProblemCode.BAD_REQUEST, message);
    }
}
