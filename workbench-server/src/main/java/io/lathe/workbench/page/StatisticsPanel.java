package io.lathe.workbench.page;

import java.util.List;

/**
 * The statistics of a dataset version as far as they are; one template for the page and for each update.
 *
 * @param address of the panel itself
 * @param progress how far they are; empty unless they are being computed
 * @param error why there are none; empty unless there cannot be
 * @param tiles the whole table in figures
 * @param notes what the reader decided on its own
 * @param check how the version fits its dataset's schema
 * @param columns a part of them
 */
public record StatisticsPanel(
        String address,
        String csrf,
        List<Progress> progress,
        String error,
        List<Tile> tiles,
        List<String> notes,
        Check check,
        Pager pager,
        List<Column> columns) {
    /**
     * @param percent 0 to 99
     * @param words for people
     */
    public record Progress(int percent, String words) {}

    /** @param note empty where there is nothing to say */
    public record Tile(String name, String figure, String note) {}

    /**
     * @param state {@code none} without a schema, {@code running}, {@code failed}, {@code fits}, {@code breaks}, or {@code nothing} where no value was there to check
     * @param words one sentence
     */
    public record Check(String state, String words, List<Anomaly> anomalies) {}

    /** @param severity {@code error} or {@code warning} */
    public record Anomaly(String feature, String severity, String message, String rows) {}

    /**
     * @param missing as {@code 2 of 344 (0.6 %)}
     * @param present share of the rows that have a value, 0 to 100
     * @param span from the earliest to the latest, for dates; empty for others
     * @param expected what the schema says of it, and on how many values that was checked; empty where it says nothing
     * @param histogram at most one
     * @param top most frequent values
     * @param topNote what is left out of them
     */
    public record Column(
            String name,
            String type,
            String values,
            String missing,
            String present,
            String distinct,
            String span,
            String expected,
            List<Fact> facts,
            List<Histogram> histogram,
            List<Top> top,
            String topNote) {}

    public record Fact(String name, String figure) {}

    /**
     * Bars in a drawing of 100 by 100.
     *
     * @param words what the drawing shows, for who does not see it
     * @param highest the count at the top
     * @param note whether counts are exact
     */
    public record Histogram(String words, String low, String high, String highest, String note, List<Bar> bars) {}

    /** @param share of the values, as {@code 12.3 %} */
    public record Bar(String x, String y, String width, String height, String range, String count, String share) {}

    /** @param width 0 to 100 */
    public record Top(String value, String count, String share, String width) {}
}
