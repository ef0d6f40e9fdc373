package io.lathe.datasets.statistics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lathe.datasets.read.ColumnType;
import io.lathe.datasets.read.MissingToken;
import io.lathe.datasets.read.ReadReport;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/** Statistics as JSON. What is undefined is absent; NaN and infinity never occur. */
public final class StatisticsJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private StatisticsJson() {}

    public static byte[] print(DatasetStatistics statistics) {
        try {
            return MAPPER.writeValueAsString(json(statistics)).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of JSON nodes can be printed", e);
        }
    }

    /** What was printed; empty when it is not that, or by another profiler: then compute again. */
    public static Optional<DatasetStatistics> findParsed(byte[] bytes) {
        try {
            var json = MAPPER.readTree(bytes);
            return json.path("profilerVersion").asInt() == DatasetStatistics.PROFILER_VERSION
                    ? Optional.of(dataset(json))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static ObjectNode json(DatasetStatistics statistics) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("profilerVersion", statistics.profilerVersion());
        json.put("rows", statistics.rows());
        var columns = json.putArray("columns");
        statistics.columns().forEach(column -> columns.add(json(column)));
        var report = json.putObject("report");
        var missing = report.putArray("missing");
        statistics
                .report()
                .missing()
                .forEach(each -> missing.addObject()
                        .put("column", each.column())
                        .put("token", each.token())
                        .put("count", each.count()));
        statistics.report().notes().forEach(report.putArray("notes")::add);
        return json;
    }

    private static ObjectNode json(ColumnStatistics column) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("name", column.name());
        json.put("type", column.type().name());
        json.put("count", column.count());
        json.put("missing", column.missing());
        column.distinct().ifPresent(distinct -> json.put("distinct", distinct));
        column.numeric().ifPresent(numeric -> json.set("numeric", json(numeric)));
        column.text().ifPresent(text -> json.set("text", json(text)));
        column.times()
                .ifPresent(times -> json.putObject("times")
                        .put("earliest", times.earliest())
                        .put("latest", times.latest()));
        return json;
    }

    private static ObjectNode json(NumericStatistics numeric) {
        var json = JsonNodeFactory.instance.objectNode();
        put(json, "min", numeric.min());
        put(json, "max", numeric.max());
        numeric.minLong().ifPresent(min -> json.put("minLong", min));
        numeric.maxLong().ifPresent(max -> json.put("maxLong", max));
        // A text, because a sum may have more than 64 bits.
        numeric.sumExact().ifPresent(sum -> json.put("sumExact", sum.toString()));
        put(json, "mean", numeric.mean());
        numeric.stdDev().ifPresent(stdDev -> put(json, "stdDev", stdDev));
        json.put("zeros", numeric.zeros());
        json.put("notFinite", numeric.notFinite());
        var quantiles = json.putObject("quantiles");
        put(quantiles, "lower", numeric.quantiles().lowerQuartile());
        put(quantiles, "median", numeric.quantiles().median());
        put(quantiles, "upper", numeric.quantiles().upperQuartile());
        var histogram = json.putArray("histogram");
        numeric.histogram().forEach(bucket -> {
            var each = histogram.addObject();
            put(each, "low", bucket.low());
            put(each, "high", bucket.high());
            each.put("count", bucket.count());
        });
        return json;
    }

    private static ObjectNode json(TextStatistics text) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("minLength", text.minLength());
        json.put("maxLength", text.maxLength());
        put(json, "averageLength", text.averageLength());
        var top = json.putArray("top");
        text.top().forEach(value -> top.addObject().put("value", value.value()).put("count", value.count()));
        return json;
    }

    private static void put(ObjectNode json, String field, double value) {
        if (Double.isFinite(value)) {
            json.put(field, value);
        }
    }

    private static DatasetStatistics dataset(JsonNode json) {
        var report = json.path("report");
        return new DatasetStatistics(
                json.path("profilerVersion").asInt(),
                json.path("rows").asLong(),
                list(json.path("columns"), StatisticsJson::column),
                new ReadReport(
                        list(
                                report.path("missing"),
                                each -> new MissingToken(
                                        each.path("column").asText(),
                                        each.path("token").asText(),
                                        each.path("count").asLong())),
                        list(report.path("notes"), JsonNode::asText)));
    }

    private static ColumnStatistics column(JsonNode json) {
        return new ColumnStatistics(
                json.path("name").asText(),
                ColumnType.valueOf(json.path("type").asText()),
                json.path("count").asLong(),
                json.path("missing").asLong(),
                optionalLong(json.path("distinct")),
                part(json.path("numeric")).map(StatisticsJson::numeric),
                part(json.path("text")).map(StatisticsJson::text),
                part(json.path("times"))
                        .map(times -> new TimeRange(
                                times.path("earliest").asText(),
                                times.path("latest").asText())));
    }

    private static NumericStatistics numeric(JsonNode json) {
        var quantiles = json.path("quantiles");
        var stdDev = json.path("stdDev");
        return new NumericStatistics(
                number(json.path("min")),
                number(json.path("max")),
                optionalLong(json.path("minLong")),
                optionalLong(json.path("maxLong")),
                part(json.path("sumExact")).map(sum -> new BigInteger(sum.asText())),
                number(json.path("mean")),
                stdDev.isNumber() ? OptionalDouble.of(stdDev.asDouble()) : OptionalDouble.empty(),
                json.path("zeros").asLong(),
                json.path("notFinite").asLong(),
                new Quantiles(
                        number(json.path("min")),
                        number(quantiles.path("lower")),
                        number(quantiles.path("median")),
                        number(quantiles.path("upper")),
                        number(json.path("max"))),
                list(
                        json.path("histogram"),
                        bucket -> new Bucket(
                                number(bucket.path("low")),
                                number(bucket.path("high")),
                                bucket.path("count").asLong())));
    }

    private static TextStatistics text(JsonNode json) {
        return new TextStatistics(
                json.path("minLength").asInt(),
                json.path("maxLength").asInt(),
                number(json.path("averageLength")),
                list(
                        json.path("top"),
                        value -> new TopValue(
                                value.path("value").asText(),
                                value.path("count").asLong())));
    }

    private static double number(JsonNode json) {
        return json.isNumber() ? json.asDouble() : Double.NaN;
    }

    private static OptionalLong optionalLong(JsonNode json) {
        return json.isIntegralNumber() ? OptionalLong.of(json.asLong()) : OptionalLong.empty();
    }

    private static Optional<JsonNode> part(JsonNode json) {
        return json.isMissingNode() || json.isNull() ? Optional.empty() : Optional.of(json);
    }

    private static <T> List<T> list(JsonNode json, Function<JsonNode, T> reader) {
        var list = new ArrayList<T>();
        json.forEach(each -> list.add(reader.apply(each)));
        return list;
    }
}
