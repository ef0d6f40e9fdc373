package io.lathe.models.quarantine;

import io.lathe.datasets.read.CsvOptions;
import io.lathe.datasets.read.CsvTable;
import io.lathe.datasets.schema.Schema;
import io.lathe.datasets.store.Content;
import io.lathe.models.features.RowSource;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Labelled rows of a file, read by a model's input contract. A true number is what the contract makes of it. A label is the text of a value, and where the column was read as truth values or numbers in training, the file may write the same value in
 * another way: {@code True} is the label {@code true}, a 1 between blanks is the label {@code 1}.
 *
 * @param table read with labels as text, numbers as numbers
 * @param labels the labels the model can answer; none for numbers
 */
record LabelledCsv(CsvTable table, String response, Collection<String> labels) implements RowSource {
    static LabelledCsv open(Path file, Schema contract, String response, Collection<String> labels) {
        return new LabelledCsv(
                CsvTable.open(Content.of(file), contract.reading(CsvOptions.defaults())), response, labels);
    }

    @Override
    public void forEachRow(Consumer<Map<String, @Nullable Object>> consumer) {
        RowSource.of(table).forEachRow(row -> {
            Object label = row.get(response);
            if (label != null && !labels.isEmpty()) {
                row.put(response, known(label.toString()));
            }
            consumer.accept(row);
        });
    }

    private String known(String written) {
        if (labels.contains(written)) {
            return written;
        }
        String plain = written.strip();
        if (labels.contains(plain)) {
            return plain;
        }
        String truth = plain.toLowerCase(Locale.ROOT);
        return (truth.equals("true") || truth.equals("false")) && labels.contains(truth) ? truth : written;
    }
}
