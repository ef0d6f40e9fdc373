package io.lathe.datasets.schema;

/** Skeleton. */
@SuppressWarnings("DoNotCallSuggester") // skeleton, filled in the next commit
public final class SchemaText {
    private SchemaText() {}

    public static String print(Schema schema) {
        throw new UnsupportedOperationException();
    }

    public static Schema parse(String pbtxt) {
        throw new UnsupportedOperationException();
    }
}
