package io.lathe.datasets.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lathe.datasets.store.Content;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class CsvRoundTripTest {
    private static final List<ColumnType> TYPES = List.of(ColumnType.values());
    private static final String[] ALPHABET = {
        "a",
        "Z",
        "0",
        "7",
        ".",
        "-",
        "+",
        "e",
        ",",
        ";",
        "\t",
        "|",
        "\"",
        "\n",
        "\r",
        "\r\n",
        " ",
        "ß",
        "東",
        "🚀",
        "'",
        "#",
        "\\",
        "\u0000",
        "NA",
        "null",
        "NaN",
        "true",
        "2026-11-25",
        "\uFEFF"
    };

    @RepeatedTest(200)
    void whatIsWrittenIsRead(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var types = random.ints(1 + random.nextInt(5), 0, TYPES.size())
                .mapToObj(TYPES::get)
                .toList();
        var names =
                IntStream.range(0, types.size()).mapToObj(i -> "c " + i + "\"").toList();
        var rows = new ArrayList<List<@Nullable Object>>();
        for (var row = random.nextInt(40); row > 0; row--) {
            rows.add(new ArrayList<>(
                    types.stream().map(type -> value(type, random)).toList()));
        }
        var declared = IntStream.range(0, types.size()).boxed().collect(Collectors.toMap(names::get, types::get));
        var options = CsvOptions.defaults()
                .withTypes(declared)
                .withSeparator(',')
                .withMissingTokens("")
                .withBatchRows(1 + random.nextInt(10));
        var table = CsvTable.open(Content.of(CsvWriter.write(names, rows)), options);
        var read = new ArrayList<List<@Nullable Object>>();
        table.forEachBatch(batch -> {
            for (var row = 0; row < batch.rows(); row++) {
                var values = new ArrayList<@Nullable Object>();
                for (var column : batch.columns()) {
                    values.add(column.value(row));
                }
                read.add(values);
            }
        });
        assertThat(table.header().names()).isEqualTo(names);
        assertThat(table.rows()).isEqualTo(rows.size());
        assertThat(read).isEqualTo(rows);
    }

    @RepeatedTest(100)
    void numbersAreGuessedAndReadAsJavaReadsThem(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var texts = IntStream.range(0, 200).mapToObj(_ -> number(random)).toList();
        var table = CsvTableTest.open("x\n1.5\n" + String.join("\n", texts) + "\n");
        assertThat(table.header().types()).containsExactly(ColumnType.DOUBLE);
        var values = CsvTableTest.values(table, "x");
        for (var i = 0; i < texts.size(); i++) {
            assertThat(values.get(i + 1)).as(texts.get(i)).isEqualTo(Double.parseDouble(texts.get(i)));
        }
    }

    @Test
    void theDefaultLocaleChangesNothing() {
        var before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            var csv = CsvWriter.write(List.of("x", "y"), List.of(List.of(1.5, 1234567L)));
            assertThat(csv).asString().isEqualTo("x,y\r\n1.5,1234567\r\n");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aLoneMissingCellIsStillARow() {
        var csv = CsvWriter.write(List.of("x"), List.of(Arrays.asList((Object) null), List.of(1)));
        assertThat(CsvTable.open(Content.of(csv), CsvOptions.defaults()).rows()).isEqualTo(2);
    }

    @Test
    void aRowOfAnotherLengthThanTheHeaderIsRefused() {
        assertThatThrownBy(() -> CsvWriter.write(List.of("x", "y"), List.of(List.of(1))))
                .hasMessageContaining("1 values");
    }

    @RepeatedTest(300)
    void noBytesBreakTheReaderButWithAProblem(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var bytes = new byte[random.nextInt(200)];
        var bias = ",\n\"a1 ;\r-.\0".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        for (var i = 0; i < bytes.length; i++) {
            bytes[i] = random.nextInt(10) == 0 ? (byte) random.nextInt() : bias[random.nextInt(bias.length)];
        }
        try {
            var table = CsvTable.open(Content.of(bytes), CsvOptions.defaults());
            var rows = new long[1];
            table.forEachBatch(batch -> rows[0] += batch.rows());
            assertThat(rows[0]).isEqualTo(table.rows());
        } catch (io.lathe.datasets.problem.LatheException e) {
            assertThat(e.code()).isEqualTo(io.lathe.datasets.problem.ProblemCode.BAD_REQUEST);
        }
    }

    private static String number(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> Double.toString(random.nextDouble());
            case 1 -> Double.toString(Double.longBitsToDouble(random.nextLong() & ~(1L << 62)));
            case 2 -> Long.toString(random.nextLong() >> random.nextInt(60));
            case 3 -> String.format(Locale.ROOT, "%.3f", random.nextGaussian() * 1000);
            case 4 -> random.nextInt(1000) + "e" + (random.nextInt(60) - 30);
            default -> "0." + "0".repeat(random.nextInt(30)) + random.nextInt(1_000_000);
        };
    }

    private static @Nullable Object value(ColumnType type, Random random) {
        if (random.nextInt(5) == 0) {
            return null;
        }
        return switch (type) {
            case BOOLEAN -> random.nextBoolean();
            case LONG -> random.nextInt(10) == 0 ? Long.MIN_VALUE : random.nextLong() >> random.nextInt(64);
            case DOUBLE ->
                random.nextInt(10) == 0 ? Double.NaN : random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
            case DATE -> LocalDate.of(random.nextInt(9999) + 1, 1 + random.nextInt(12), 1 + random.nextInt(28));
            case DATE_TIME -> LocalDateTime.of(2026, 1, 1, 0, 0).plusNanos(random.nextLong() >>> random.nextInt(60));
            case TEXT ->
                "x"
                        + random.ints(random.nextInt(8), 0, ALPHABET.length)
                                .mapToObj(i -> ALPHABET[i])
                                .collect(Collectors.joining());
        };
    }

    @Test
    void declaredTextKeepsEveryByteOfACell() {
        var options = CsvOptions.defaults().withTypes(Map.of("x", ColumnType.TEXT));
        var table = CsvTable.open(CsvTableTest.content("x,y\n 007 ,1\n"), options);
        assertThat(CsvTableTest.values(table, "x")).containsExactly(" 007 ");
    }
}
