package io.lathe.kernel.display;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TableDisplayTest {

    @Test
    void integersKeepAllTheirDigitsBesideAnEmptyCell() {
        LongColumn ts = LongColumn.create("ts", 3);
        ts.set(0, 1234567890123456789L);
        ts.setMissing(1);
        ts.set(2, 1234567890123456791L);
        var document = TableDisplay.document(Table.create("t", ts));

        assertThat(document.html())
                .contains("1234567890123456789", "1234567890123456791", "long, 1 missing")
                .doesNotContain("1234567890123456800");
        assertThat(document.text()).contains("1234567890123456789", "1234567890123456791", "—");
    }

    @Test
    void longTablesShowHeadAndTailAndSaySo() {
        Table table = Table.create(
                "long", LongColumn.create("n", LongStream.range(0, 1000).toArray()));
        String text = TableDisplay.document(table).text();

        assertThat(text).contains("1000 rows × 1 column", "⋯ 980 rows not shown ⋯");
        assertThat(text.lines().count()).isEqualTo(1 + 2 + 20 + 1);
        assertThat(text).contains("\n  9     9", "\n990   990").doesNotContain("\n 10    10");
    }

    @Test
    void twentyRowsAreShownWhole() {
        Table table =
                Table.create("t", IntColumn.create("n", IntStream.range(0, 20).toArray()));

        assertThat(TableDisplay.document(table).text()).doesNotContain("⋯");
    }

    @Test
    void wideTablesAreCutAndSaySo() {
        Table table = Table.create("wide");
        IntStream.range(0, 200).forEach(i -> table.addColumns(DoubleColumn.create("c" + i, 1)));

        assertThat(TableDisplay.document(table).html())
                .contains(">c29<")
                .doesNotContain(">c30<")
                .contains("The first 30 of 200 columns are shown");
    }

    @Test
    void longWordsAreCutBetweenCodePoints() {
        Table table = Table.create("t", StringColumn.create("s", "🚀".repeat(500)));

        assertThat(TableDisplay.document(table).text())
                .contains("🚀".repeat(120) + "…")
                .doesNotContain("🚀".repeat(121));
    }

    @Test
    void namesAndCellsAreEscaped() {
        Table table = Table.create("<b>t</b>", StringColumn.create("<i>c</i>", "<script>x</script>"));

        assertThat(TableDisplay.document(table).html())
                .doesNotContain("<b>", "<i>", "<script>")
                .contains("&lt;b&gt;t", "&lt;i&gt;c", "&lt;script&gt;x");
    }

    @Test
    void emptyTablesHaveAHeadOnly() {
        assertThat(TableDisplay.document(Table.create("none", IntColumn.create("n")))
                        .text())
                .isEqualTo("none  0 rows × 1 column\n        n\n  integer");
        assertThat(TableDisplay.document(Table.create("nothing")).text()).isEqualTo("nothing  0 rows × 0 columns");
    }
}
