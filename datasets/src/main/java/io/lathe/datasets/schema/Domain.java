package io.lathe.datasets.schema;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Which values a feature may have. */
public sealed interface Domain {
    /** Integers from {@code min} to {@code max}, both included. */
    record Ints(OptionalLong min, OptionalLong max) implements Domain {}

    /** Numbers from {@code min} to {@code max}, both included. */
    record Floats(OptionalDouble min, OptionalDouble max) implements Domain {}

    /** One of these texts. */
    record Strings(List<String> values) implements Domain {
        public Strings {
            values = List.copyOf(values);
        }
    }

    /** {@code true} or {@code false}. */
    record Bool() implements Domain {}

    /**
     * Dates or dates with times, written in ISO form.
     *
     * @param format {@link #DATE} or {@link #DATE_TIME}, as TensorFlow Metadata writes it
     */
    record Time(String format) implements Domain {
        public static final String DATE = "%Y-%m-%d";
        public static final String DATE_TIME = "%Y-%m-%dT%H:%M:%S";
    }
}
