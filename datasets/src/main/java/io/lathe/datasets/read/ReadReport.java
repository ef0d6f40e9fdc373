package io.lathe.datasets.read;

import java.util.List;

/**
 * What the reader decided on its own and a person may want to know.
 *
 * @param missing cells read as missing, by column and token
 * @param notes sentences: renamed headers, dropped columns, values that stayed text
 */
public record ReadReport(List<MissingToken> missing, List<String> notes) {
    public ReadReport {
        missing = List.copyOf(missing);
        notes = List.copyOf(notes);
    }
}
