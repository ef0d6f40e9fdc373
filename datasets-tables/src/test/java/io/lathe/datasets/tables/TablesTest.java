package io.lathe.datasets.tables;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.read.ColumnType;
import io.lathe.datasets.read.CsvOptions;
import io.lathe.datasets.read.CsvTable;
import io.lathe.datasets.store.Content;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.Table;

class TablesTest {
    private static final String CSV = """
            zip,n,x,b,d,t
            00501,1234567890123456789,1.5,true,2026-11-25,2026-11-25T01:54
            ,,,,,
            90210,-2147483648,-0.25,false,1999-12-31,1999-12-31T23:59:59.5
            """;

    @Test
    void everyColumnKeepsItsTypeAndItsMissingCells() {
        var table = Tables.table(open(CSV));
        assertThat(table.columnNames()).containsExactly("zip", "n", "x", "b", "d", "t");
        assertThat(table.stringColumn("zip").asList()).containsExactly("00501", "", "90210");
        assertThat(table.longColumn("n").getLong(0)).isEqualTo(1234567890123456789L);
        assertThat(table.longColumn("n").getLong(2)).isEqualTo(-2147483648L);
        assertThat(table.doubleColumn("x").getDouble(2)).isEqualTo(-0.25);
        assertThat(table.booleanColumn("b").get(0)).isTrue();
        assertThat(table.dateColumn("d").get(2)).isEqualTo(LocalDate.of(1999, 12, 31));
        assertThat(table.dateTimeColumn("t").get(0)).isEqualTo(LocalDateTime.of(2026, 11, 25, 1, 54));
        assertThat(table.columns()).allSatisfy(column -> {
            assertThat(column.isMissing(1)).isTrue();
            assertThat(column.countMissing()).isEqualTo(1);
        });
    }

    @Test
    void chosenColumnsComeInTheirOrder() {
        var table = Tables.table(open(CSV), "x", "zip");
        assertThat(table.columnNames()).containsExactly("x", "zip");
        assertThatThrownBy(() -> Tables.table(open(CSV), "Zip")).hasMessageContaining("Did you mean 'zip'?");
    }

    @Test
    void aTableComesBackAsItWas() throws IOException {
        var table = Tables.table(open(CSV));
        var again = Tables.table(CsvTable.open(Tables.csv(table), CsvOptions.defaults()));
        assertThat(again.columnNames()).isEqualTo(table.columnNames());
        for (var i = 0; i < table.columnCount(); i++) {
            assertThat(again.column(i).type()).isEqualTo(table.column(i).type());
            assertThat(again.column(i).asList()).isEqualTo(table.column(i).asList());
        }
        assertThat(text(Tables.csv(table))).contains("1234567890123456789").contains("00501");
    }

    @Test
    void decimalsHaveAPointInEveryLocale() throws IOException {
        var before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            var table = Table.create(DoubleColumn.create("x", 1.5, 1234567.25));
            assertThat(text(Tables.csv(table))).isEqualTo("x\r\n1.5\r\n1234567.25\r\n");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void theLeastIntegerIsRefusedAndNotTakenForMissing() {
        var csv = open("a,n\n1,5\n2,-9223372036854775808\n");
        assertThatThrownBy(() -> Tables.table(csv))
                .hasMessageContaining("'n'")
                .hasMessageContaining("row 2")
                .isInstanceOfSatisfying(
                        LatheException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.BAD_REQUEST));
        assertThat(Tables.table(csv, "a").rowCount()).isEqualTo(2);
        var asText = csv.reopen(csv.options().withTypes(java.util.Map.of("n", ColumnType.TEXT)));
        assertThat(Tables.table(asText).stringColumn("n").get(1)).isEqualTo("-9223372036854775808");
    }

    @Test
    void aMissingLongIsNotWritten() throws IOException {
        var column = LongColumn.create("n");
        column.append(1L);
        column.appendMissing();
        assertThat(text(Tables.csv(Table.create(column)))).isEqualTo("n\r\n1\r\n\"\"\r\n");
    }

    @Test
    void aHeaderAloneIsATableWithoutRows() {
        var table = Tables.table(open("a,b\n"));
        assertThat(table.columnNames()).containsExactly("a", "b");
        assertThat(table.rowCount()).isZero();
    }

    @Test
    void manyBatchesMakeOneTable() {
        var csv = CsvTable.open(
                Content.of(("x\n" + "1\n2\n".repeat(5000)).getBytes(UTF_8)),
                CsvOptions.defaults().withBatchRows(7));
        assertThat(Tables.table(csv).longColumn("x").sum()).isEqualTo(15_000);
    }

    private static CsvTable open(String text) {
        return CsvTable.open(Content.of(text.getBytes(UTF_8)), CsvOptions.defaults());
    }

    private static String text(Content content) throws IOException {
        try (var in = content.open()) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
