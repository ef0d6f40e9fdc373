package io.lathe.kernel.publish;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;

/**
 * What became of a publication.
 *
 * @param id         the publication's id
 * @param model      the model's name
 * @param version    the model version it became, if it became one
 * @param outcome    {@code promoted}, {@code held} or {@code rejected}
 * @param reasons    why, in sentences
 * @param metrics    the candidate's numbers, by name
 * @param production the version it was compared with, if there was one
 * @param endpoint   where it is served, if it is
 */
public record Publication(
        String id,
        String model,
        OptionalInt version,
        String outcome,
        List<String> reasons,
        Map<String, Double> metrics,
        Optional<Production> production,
        Optional<Endpoint> endpoint) {

    /**
     * The version in production before.
     *
     * @param version its number
     * @param metrics its numbers on the same data
     */
    public record Production(int version, Map<String, Double> metrics) {
        public Production {
            metrics = Map.copyOf(metrics);
        }
    }

    /**
     * How to call the model.
     *
     * @param url  the address to post to
     * @param body a request that works
     * @param curl the whole call for a shell, with {@code $TOKEN} for the consumer's token
     */
    public record Endpoint(String url, String body, String curl) {}

    public Publication {
        reasons = List.copyOf(reasons);
    }

    static Publication of(JsonNode node) {
        JsonNode verdict = node.path("verdict");
        JsonNode production = node.path("production");
        JsonNode endpoint = node.path("endpoint");
        return new Publication(
                node.path("id").asText(),
                node.path("model").asText(),
                node.path("version").isInt()
                        ? OptionalInt.of(node.path("version").intValue())
                        : OptionalInt.empty(),
                verdict.path("outcome").asText(node.path("state").asText()),
                StreamSupport.stream(verdict.path("reasons").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList(),
                numbers(node.path("metrics")),
                production.isObject()
                        ? Optional.of(
                                new Production(production.path("version").asInt(), numbers(production.path("metrics"))))
                        : Optional.empty(),
                endpoint.isObject()
                        ? Optional.of(new Endpoint(
                                endpoint.path("url").asText(),
                                text(endpoint.path("body")),
                                endpoint.path("curl").asText()))
                        : Optional.empty());
    }

    /** A request's body may come as JSON or as the text of it. */
    private static String text(JsonNode body) {
        return body.isTextual() ? body.textValue() : body.toString();
    }

    private static Map<String, Double> numbers(JsonNode metrics) {
        var numbers = new LinkedHashMap<String, Double>();
        metrics.properties().forEach(entry -> {
            if (entry.getValue().isNumber()) {
                numbers.put(entry.getKey(), entry.getValue().doubleValue());
            }
        });
        return numbers;
    }
}
