package io.lathe.models.features;

/** What a feature does with a row that has no value for it. */
public enum WhenMissing {
    /** The row is refused. */
    REFUSE("refuse"),
    /** A number takes the mean of the training rows; a category or flag becomes a category of its own, "missing". */
    IMPUTE("impute");

    private final String wireName;

    WhenMissing(String wireName) {
        this.wireName = wireName;
    }

    /** Its stable name in {@code transforms.json}. */
    public String wireName() {
        return wireName;
    }
}
