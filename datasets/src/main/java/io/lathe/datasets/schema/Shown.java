package io.lathe.datasets.schema;

import java.util.Collection;
import java.util.stream.Collectors;

/** Values from outside made fit for a message. */
final class Shown {
    private static final int CHARACTERS = 60;
    private static final int VALUES = 10;

    private Shown() {}

    static String value(Object value) {
        var text = value.toString();
        var cut = text.length() > CHARACTERS ? text.substring(0, CHARACTERS) + "…" : text;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }

    /** The first few values in quotes. */
    static String list(Collection<String> values) {
        var more = values.size() > VALUES ? " and " + (values.size() - VALUES) + " more" : "";
        return values.stream().limit(VALUES).map(Shown::value).collect(Collectors.joining("', '", "'", "'")) + more;
    }
}
