package io.lathe.kernel.plot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.api.BoxPlot;
import tech.tablesaw.plotly.api.Heatmap;
import tech.tablesaw.plotly.api.Histogram;
import tech.tablesaw.plotly.api.LinePlot;
import tech.tablesaw.plotly.api.PiePlot;
import tech.tablesaw.plotly.api.ScatterPlot;
import tech.tablesaw.plotly.api.TimeSeriesPlot;
import tech.tablesaw.plotly.api.VerticalBarPlot;
import tech.tablesaw.plotly.components.Axis;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Font;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.traces.ScatterTrace;

class PlotlyJsonTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final Table table = Table.create(
            "t",
            StringColumn.create("who", "O'Brien", "a\\b \"q\"", "</script>"),
            DoubleColumn.create("x", 1.5, Double.NaN, 3),
            DoubleColumn.create("y", 4, 5, Double.POSITIVE_INFINITY),
            DateColumn.create("day", LocalDate.of(2026, 1, 1), LocalDate.of(2026, 1, 2), LocalDate.of(2026, 1, 3)));

    @Test
    void numbersAreNumbersAndWhatIsNoneIsNull() {
        JsonNode trace = json(ScatterPlot.create("t", table, "x", "y")).at("/data/0");

        assertThat(trace.get("x").toString()).isEqualTo("[1.5,null,3.0]");
        assertThat(trace.get("y").toString()).isEqualTo("[4.0,5.0,null]");
        assertThat(trace.get("type").asText()).isEqualTo("scatter");
    }

    @Test
    void wordsComeThroughAsTheyAre() {
        JsonNode trace = json(VerticalBarPlot.create("t", table, "who", "x")).at("/data/0");

        assertThat(trace.get("x")).extracting(JsonNode::asText).containsExactly("O'Brien", "a\\b \"q\"", "</script>");
    }

    @Test
    void titlesAreObjectsWithoutEntities() {
        Figure figure = new Figure(
                Layout.builder("it's <5 & \"more\"")
                        .titleFont(Font.builder().size(20).build())
                        .xAxis(Axis.builder().title("Ann's axis").build())
                        .build(),
                ScatterTrace.builder(new double[] {1}, new double[] {2})
                        .name("O'Neil & co")
                        .build());
        JsonNode json = json(figure);

        assertThat(json.at("/layout/title/text").asText()).isEqualTo("it's <5 & \"more\"");
        assertThat(json.at("/layout/title/font/size").isNumber()).isTrue();
        assertThat(json.at("/layout/titlefont").isMissingNode()).isTrue();
        assertThat(json.at("/layout/xaxis/title/text").asText()).isEqualTo("Ann's axis");
        assertThat(json.at("/data/0/name").asText()).isEqualTo("O'Neil & co");
    }

    @Test
    void everyCommonPlotCanBeShown() {
        List<Figure> figures = List.of(
                Histogram.create("h", table, "x"),
                BoxPlot.create("b", table, "who", "x"),
                LinePlot.create("l", table, "x", "y"),
                ScatterPlot.create("s", table, "x", "y", "who"),
                PiePlot.create("p", table, "who", "x"),
                TimeSeriesPlot.create("ts", table, "day", "x"),
                Heatmap.create("m", table, "who", "who"));

        for (Figure figure : figures) {
            JsonNode json = json(figure);
            assertThat(json.get("data")).isNotEmpty();
            assertThat(json.at("/data/0/type").asText()).isNotEmpty();
        }
    }

    @Test
    void datesAreIsoText() {
        JsonNode trace = json(TimeSeriesPlot.create("ts", table, "day", "x")).at("/data/0");

        assertThat(trace.at("/x/0").asText()).isEqualTo("2026-01-01");
    }

    @Test
    void hoverTextKeepsEveryDigitOfLargeIntegers() {
        Table large = Table.create(
                "t",
                LongColumn.create("id", 1L, 2L),
                LongColumn.create("ts", 1234567890123456789L, 1234567890123456791L));
        Figure figure = new Figure(ScatterTrace.builder(large.longColumn("id"), large.longColumn("ts"))
                .build());
        JsonNode trace = json(figure).at("/data/0");

        assertThat(trace.at("/text/0").asText()).isEqualTo("(1, 1234567890123456789)");
        assertThat(trace.at("/hoverinfo").asText()).startsWith("text");
        assertThat(trace.toString()).contains("1234567890123456791").doesNotContain("1234567890123456800");
    }

    @Test
    void manyPointsAreThinnedInStepAndThePlotSaysSo() {
        double[] x = DoubleStream.iterate(0, n -> n + 1).limit(200_000).toArray();
        PlotlyJson json = PlotlyJson.of(new Figure(ScatterTrace.builder(x, x)
                .text(IntStream.range(0, 200_000).mapToObj(n -> "p" + n).toArray(String[]::new))
                .build()));
        Map<?, ?> trace = json.data().getFirst();

        assertThat((List<?>) trace.get("x")).hasSize(5_000).last().isEqualTo(199_960.0);
        assertThat((List<?>) trace.get("text")).hasSize(5_000).last().isEqualTo("p199960");
        assertThat(json.notes()).containsExactly("Shows every 40th of 200000 points.");
        assertThat(json.layout().toString()).contains("every 40th of 200000");
    }

    /** Seen in JupyterLab 4.6: a responsive figure without a width is squeezed to a few pixels. */
    @Test
    void figuresKeepTheirOwnHeight() {
        assertThat(json(Histogram.create("h", table, "x"))
                        .at("/config/responsive")
                        .isMissingNode())
                .isTrue();
    }

    @Test
    void textNamesTheFigure() {
        assertThat(PlotlyJson.of(Histogram.create("Mass", table, "x")).text())
                .isEqualTo("Plotly figure \"Mass\": histogram, 1 trace");
    }

    private static JsonNode json(Figure figure) {
        return JSON.valueToTree(PlotlyJson.of(figure).content());
    }
}
