package io.lathe.datasets.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.store.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {
    private static final String MARK = "\uFEFF";

    @ParameterizedTest
    @ValueSource(strings = {MARK + "id,amount\r\n7,1.5\r\n8,2.5\r\n", MARK + "\"id\",\"amount\"\r\n7,1.5\r\n8,2.5\r\n"})
    void aByteOrderMarkIsNoPartOfTheFirstName(String text) throws IOException {
        for (var bytes : List.of(text.getBytes(UTF_8), gzip(text.getBytes(UTF_8)))) {
            var table = CsvTable.open(Content.of(bytes), CsvOptions.defaults());
            assertThat(table.header().names()).containsExactly("id", "amount");
            assertThat(table.header().names().getFirst().codePoints()).containsExactly(0x69, 0x64);
            assertThat(values(table, "id")).containsExactly(7L, 8L);
            assertThat(values(table, "amount")).containsExactly(1.5, 2.5);
        }
    }

    @Test
    void utf16WithAMarkIsRecognised() {
        var bytes = (MARK + "id,größe\n7,ü\n").getBytes(UTF_16LE);
        assertThat(values(CsvTable.open(Content.of(bytes), CsvOptions.defaults()), "größe"))
                .containsExactly("ü");
    }

    @Test
    void bytesThatAreNotTextAreRefusedAndNotReplaced() {
        var latin = "name\nGröße\n".getBytes(ISO_8859_1);
        assertProblem("character set", () -> CsvTable.open(Content.of(latin), CsvOptions.defaults()));
        var table = CsvTable.open(Content.of(latin), CsvOptions.defaults().withCharset(ISO_8859_1));
        assertThat(values(table, "name")).containsExactly("Größe");
    }

    @Test
    void leadingZerosStayText() {
        var table = open("zip,n\n00501,1\n02134,2\n90210,3\n");
        assertThat(table.header().types()).containsExactly(ColumnType.TEXT, ColumnType.LONG);
        assertThat(values(table, "zip")).containsExactly("00501", "02134", "90210");
        assertThat(table.report().notes()).singleElement().asString().contains("'zip'", "2 of its 3 values");
    }

    @ParameterizedTest
    @CsvSource({
        "0|00, TEXT",
        "0|5, LONG",
        "\"007\"|1, TEXT",
        "-007|1, TEXT",
        "-0|1, DOUBLE",
        "007.5|1, TEXT",
        "0.5|1, DOUBLE",
        "+49|1, TEXT",
        "1e3|1, DOUBLE",
        ".5|1, DOUBLE",
        "5.|1, TEXT",
        "1e999|1, TEXT",
        "NaN|1, LONG",
        "Infinity|1, DOUBLE",
        "Infinity|Infinity, TEXT",
        "0x1p3|1, TEXT",
        "1D|1, TEXT",
        "12%|1, TEXT",
        "1_000|1, TEXT",
        "9223372036854775807|-9223372036854775808, LONG",
        "9223372036854775808|1, TEXT",
        "-9223372036854775809|1, TEXT",
        "true|FALSE, BOOLEAN",
        "T|F, TEXT",
        "true|1, TEXT",
        "2026-02-28|2024-02-29, DATE",
        "2026-02-29|2024-02-29, TEXT",
        "2026-11-25T01:54|2026-11-25 01:54:07.125, DATE_TIME",
        "2026-11-25T24:00|2026-11-25T01:54, TEXT",
        "2026-11-25T01:54Z|2026-11-25T01:54Z, TEXT",
        "2026-11-25|2026-11-25T01:54, TEXT",
        "-|1, TEXT",
        "NA|NA, TEXT"
    })
    void aColumnsTypeIsWhatAllItsValuesAre(String values, ColumnType expected) {
        var table = open("x\n" + values.replace("|", "\n") + "\n");
        assertThat(table.header().types()).containsExactly(expected);
    }

    @Test
    void sixtyFourBitIntegersAreExactBesideAMissingCell() {
        var table = open("id,ts\n1,1234567890123456789\n2,\n3,1234567890123456791\n");
        assertThat(table.header().types()).containsExactly(ColumnType.LONG, ColumnType.LONG);
        assertThat(values(table, "ts")).containsExactly(1234567890123456789L, null, 1234567890123456791L);
        assertThat(table.report().missing()).containsExactly(new MissingToken("ts", "", 1));
    }

    @Test
    void theLeastIntegersAreValuesAndNotMissing() {
        var table = open("a,b\n-2147483648,-9223372036854775808\n,\n");
        assertThat(values(table, "a")).containsExactly(-2147483648L, null);
        assertThat(values(table, "b")).containsExactly(Long.MIN_VALUE, null);
    }

    @Test
    void integersBeyond64BitsStayTextWithANote() {
        var table = open("x\n1\n18446744073709551616\n2.5\n");
        assertThat(values(table, "x")).containsExactly("1", "18446744073709551616", "2.5");
        assertThat(table.report().notes()).singleElement().asString().contains("'x'", "beyond 64 bits");
    }

    @Test
    void integersThatADoubleRoundsAreNoted() {
        var table = open("x\n9007199254740993\n2.5\n");
        assertThat(table.header().types()).containsExactly(ColumnType.DOUBLE);
        assertThat(table.report().notes()).singleElement().asString().contains("'x'", "2^53");
    }

    @Test
    void missingCellsAreCountedByToken() {
        var table = open("country,pop\nNA,3\nDE,80\n,5\n\"NA\",2\nnull,1\n");
        assertThat(values(table, "country")).containsExactly(null, "DE", null, null, null);
        assertThat(table.report().missing())
                .containsExactly(
                        new MissingToken("country", "", 1),
                        new MissingToken("country", "NA", 2),
                        new MissingToken("country", "null", 1));
    }

    @Test
    void wordsThatAreValuesInAColumnAreNotMissingThere() {
        var options = CsvOptions.defaults().withValues("country", Set.of("NA", "DE", "null"));
        var table = CsvTable.open(content("country,city\nNA,NA\nDE,NA\n,x\n"), options);
        assertThat(values(table, "country")).containsExactly("NA", "DE", null);
        assertThat(values(table, "city")).containsExactly(null, null, "x");
    }

    @Test
    void anEmptyListOfMissingTokensMakesEveryCellAValue() {
        var table =
                CsvTable.open(content("a,b\nNA,\n,1\n"), CsvOptions.defaults().withMissingTokens());
        assertThat(values(table, "a")).containsExactly("NA", "");
        assertThat(values(table, "b")).containsExactly("", "1");
        assertThat(table.report().missing()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name;kwh\na;68,83\nb;1.234,56\nc;-0,08\n",
                "name,kwh\na,\"68,83\"\nb,\"1.234,56\"\nc,\"-0,08\"\n"
            })
    void decimalCommasStayTextWithAHintUnlessDeclared(String text) {
        var guessed = open(text);
        assertThat(values(guessed, "kwh")).containsExactly("68,83", "1.234,56", "-0,08");
        assertThat(guessed.report().notes()).singleElement().asString().contains("'kwh'", "comma", "COMMA");
        var declared = CsvTable.open(content(text), CsvOptions.defaults().withDecimalMark(DecimalMark.COMMA));
        assertThat(values(declared, "kwh")).containsExactly(68.83, 1234.56, -0.08);
    }

    @Test
    void groupedAndDecimalCommasAreNotGuessedAsIntegers() {
        var table = open("x\n\"1,5\"\n\"1,234\"\n");
        assertThat(values(table, "x")).containsExactly("1,5", "1,234");
    }

    @ParameterizedTest
    @CsvSource({"1.23, TEXT", "'1.234', LONG", "'12.34,5', TEXT", "'1,2,3', TEXT", "'1.234.567,5', DOUBLE", "'.5', TEXT"
    })
    void pointsPartGroupsOfThreeUnderDecimalCommas(String value, ColumnType expected) {
        var options = CsvOptions.defaults().withDecimalMark(DecimalMark.COMMA).withSeparator(';');
        assertThat(CsvTable.open(content("x\n" + value + "\n"), options)
                        .header()
                        .types())
                .containsExactly(expected);
    }

    @Test
    void anEmptyColumnAtTheEndIsDroppedAndBlanksAroundNamesGo() {
        var table = open("c1,\"c2 \",c3,\n1,2,3,\n4,5,6,\n");
        assertThat(table.header().names()).containsExactly("c1", "c2", "c3");
        assertThat(values(table, "c2")).containsExactly(2L, 5L);
        assertThat(table.report().notes())
                .hasSize(2)
                .anyMatch(note -> note.contains("'c2 '"))
                .anyMatch(note -> note.contains("left out"));
        assertThatThrownBy(() -> table.header().loadIndex("C3 ")).hasMessageContaining("Did you mean 'c3'?");
    }

    @Test
    void anUnnamedColumnAtTheEndWithValuesIsKept() {
        assertThat(open("a,\n1,2\n").header().names()).containsExactly("a", "column-2");
    }

    @Test
    void aSecondColumnOfTheSameNameIsRenamedWithANote() {
        var table = open("a,a,b,a-2\n1,2,3,4\n");
        assertThat(table.header().names()).containsExactly("a", "a-3", "b", "a-2");
        assertThat(values(table, "a")).containsExactly(1L);
        assertThat(values(table, "a-3")).containsExactly(2L);
        assertThat(table.report().notes()).singleElement().asString().contains("Columns 1 and 2", "'a'", "'a-3'");
    }

    @Test
    void moreColumnsThanAllowedAreRefusedWhileTheHeaderIsRead() {
        var options = CsvOptions.defaults().withMaxColumns(3);
        assertThat(CsvTable.open(Content.of("a,b,c\n1,2,3\n".getBytes(UTF_8)), options)
                        .header()
                        .size())
                .isEqualTo(3);
        var wide = Content.of(",".repeat(4_000_000).getBytes(UTF_8));
        assertProblem("more than 3 columns", () -> CsvTable.open(wide, options));
        assertProblem("more than 100000 columns", () -> CsvTable.open(wide, CsvOptions.defaults()));
    }

    @Test
    @Timeout(20)
    void manyColumnsOfOneNameOrNoneTakeLinearTime() {
        var same = CsvTable.open(Content.of(("a" + ",a".repeat(59_999) + "\n").getBytes(UTF_8)), CsvOptions.defaults());
        assertThat(same.header().names()).endsWith("a-60000");
        var none = CsvTable.open(Content.of(("a" + ",".repeat(59_999) + "\n").getBytes(UTF_8)), CsvOptions.defaults());
        assertThat(none.header().names()).containsExactly("a");
        assertThat(none.report().notes()).hasSize(1);
    }

    @Test
    void aColumnWithoutANameIsCalledByItsPosition() {
        var table = open("a,,b\n1,2,3\n");
        assertThat(table.header().names()).containsExactly("a", "column-2", "b");
        assertThat(table.report().notes()).singleElement().asString().contains("column-2");
    }

    @Test
    void aHeaderAloneIsATableWithoutRows() {
        var table = open("a,b,c");
        assertThat(table.rows()).isZero();
        assertThat(table.header().names()).containsExactly("a", "b", "c");
        table.forEachBatch(_ -> {
            throw new AssertionError("There is no batch of no rows");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", MARK, "\n\n", "\"\"\n"})
    void anEmptyFileSaysSo(String text) {
        assertProblem("file is empty", () -> open(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b\n1,2\n3\n", "a,b\n1,2\n3,4,5\n", "a,b\n1,2\n3,4,\n"})
    void aRaggedLineIsRefusedByItsNumber(String text) {
        assertProblem("Line 3 has", () -> open(text));
    }

    @Test
    void anUnclosedQuoteIsRefused() {
        assertProblem("not well-formed", () -> open("a,b\n1,\"2\n3,4\n"));
    }

    @Test
    void blankLinesAreSkippedAndLineNumbersStillCountThem() {
        assertThat(values(open("a,b\n\n1,2\n\n3,4\n"), "b")).containsExactly(2L, 4L);
        assertProblem("Line 5 has", () -> open("a,b\n\n1,2\n\n3\n"));
    }

    @Test
    void quotedFieldsKeepSeparatorsQuotesAndLineEnds() {
        var table = open("a,b\n\"x, \"\"y\"\"\",\"two\nlines\"\nz,\n");
        assertThat(values(table, "a")).containsExactly("x, \"y\"", "z");
        assertThat(values(table, "b")).containsExactly("two\nlines", null);
    }

    @ParameterizedTest
    @CsvSource({"';'", "'\t'", "'|'", "','"})
    void theSeparatorIsDetected(String mark) {
        var table = open(String.join(mark, "a", "b", "c") + "\n" + String.join(mark, "1", "x", "2.5") + "\n");
        assertThat(table.header().types()).containsExactly(ColumnType.LONG, ColumnType.TEXT, ColumnType.DOUBLE);
    }

    @Test
    void declaredTypesWin() {
        var options = CsvOptions.defaults()
                .withTypes(Map.of("zip", ColumnType.LONG, "n", ColumnType.TEXT, "x", ColumnType.DOUBLE));
        var table = CsvTable.open(content("zip,n,x\n00501,1,3\n-007,2,\n"), options);
        assertThat(values(table, "zip")).containsExactly(501L, -7L);
        assertThat(values(table, "n")).containsExactly("1", "2");
        assertThat(values(table, "x")).containsExactly(3.0, null);
    }

    @Test
    void onePlusSignMayStandBeforeADeclaredNumber() {
        var options = CsvOptions.defaults().withTypes(Map.of("a", ColumnType.LONG));
        assertThat(values(CsvTable.open(content("a\n+5\n"), options), "a")).containsExactly(5L);
        for (String wrong : new String[] {"+-5", "++5", "+"}) {
            assertThat(CsvTable.open(content("a\n" + wrong + "\n"), options).misfit())
                    .as(wrong)
                    .isPresent();
        }
    }

    @Test
    void valuesThatDoNotFitADeclaredTypeFailWithTheirLine() {
        var options = CsvOptions.defaults().withTypes(Map.of("a", ColumnType.LONG));
        var table = CsvTable.open(content("a\n1\nabc\n2.5\n"), options);
        assertThat(table.misfit())
                .hasValueSatisfying(
                        misfit -> assertThat(misfit).contains("'a'", "LONG", "2 values", "line 3", "'abc'"));
        assertProblem("line 3", () -> table.forEachBatch(_ -> {}));
    }

    @Test
    void datesAndTimesAreRead() {
        var table = open("d,t\n2026-11-25,2026-11-25T01:54\n,2026-11-25 01:54:07.125\n");
        assertThat(values(table, "d")).containsExactly(LocalDate.of(2026, 11, 25), null);
        assertThat(values(table, "t"))
                .containsExactly(
                        LocalDateTime.of(2026, 11, 25, 1, 54), LocalDateTime.of(2026, 11, 25, 1, 54, 7, 125_000_000));
    }

    @Test
    void typesAreDecidedOverTheWholeFile() {
        var text = "x\n" + "1\n".repeat(50_000) + "one\n";
        assertThat(open(text).header().types()).containsExactly(ColumnType.TEXT);
    }

    @Test
    void rowsComeInBatchesThatCountThem() {
        var options = CsvOptions.defaults().withBatchRows(10);
        var table = CsvTable.open(content("x\n" + "1\n".repeat(25)), options);
        var firsts = new ArrayList<Long>();
        var sizes = new ArrayList<Integer>();
        table.forEachBatch(batch -> {
            firsts.add(batch.firstRow());
            sizes.add(batch.rows());
        });
        assertThat(firsts).containsExactly(1L, 11L, 21L);
        assertThat(sizes).containsExactly(10, 10, 5);
    }

    @Test
    void aFileIsReadTwiceAndAChangeInBetweenIsNoticed() {
        var openings = new AtomicInteger();
        var texts = List.of("x\n1\n2\n", "x\n1\nz\n");
        var changing = new Content() {
            @Override
            public long bytes() {
                return -1;
            }

            @Override
            public InputStream open() {
                return content(texts.get(openings.getAndIncrement())).open();
            }
        };
        var table = CsvTable.open(changing, CsvOptions.defaults());
        assertThatThrownBy(() -> table.forEachBatch(_ -> {})).hasMessageContaining("changed between two readings");
        assertThat(openings).hasValue(2);
    }

    @Test
    void aDamagedGzipIsRefused() throws IOException {
        var whole = gzip("a,b\n1,2\n".repeat(1000).getBytes(UTF_8));
        var half = java.util.Arrays.copyOf(whole, whole.length / 2);
        assertProblem("too early", () -> CsvTable.open(Content.of(half), CsvOptions.defaults()));
    }

    static CsvTable open(String text) {
        return CsvTable.open(content(text), CsvOptions.defaults());
    }

    static Content content(String text) {
        return Content.of(text.getBytes(UTF_8));
    }

    static List<@Nullable Object> values(CsvTable table, String column) {
        var values = new ArrayList<@Nullable Object>();
        table.forEachBatch(batch -> {
            for (var row = 0; row < batch.rows(); row++) {
                values.add(batch.load(column).value(row));
            }
        });
        return values;
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static void assertProblem(String words, Runnable step) {
        assertThatThrownBy(step::run)
                .hasMessageContaining(words)
                .isInstanceOfSatisfying(
                        LatheException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.BAD_REQUEST));
    }
}
