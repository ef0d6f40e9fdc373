package io.lathe.models;

import java.util.Arrays;
import java.util.Optional;

/** What a model answers, and who made it; the {@code kind} in a bundle's manifest. All versions of a model are of one kind. */
public enum ModelKind {
    /** A label for each row, with the probability of each. */
    CLASSIFICATION("tribuo-classification", "labels"),
    /** One number for each row. */
    REGRESSION("tribuo-regression", "numbers");

    private final String wireName;
    private final String answers;

    ModelKind(String wireName, String answers) {
        this.wireName = wireName;
        this.answers = answers;
    }

    /** Its stable name in documents. */
    public String wireName() {
        return wireName;
    }

    /** What it answers, as a plural word. */
    public String answers() {
        return answers;
    }

    public static Optional<ModelKind> find(String wireName) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName.equals(wireName))
                .findFirst();
    }
}
