package io.lathe.models.features;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.Nearest;
import io.lathe.datasets.problem.ProblemCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which columns a classifier reads and how: a declaration, to be fitted on training rows.
 *
 * <pre>{@code
 * FittedFeatures features = Features.classify("species")
 *     .numeric("bill_length_mm", "body_mass_g")
 *     .categorical("island", "sex")
 *     .impute("sex")
 *     .fit(rows);
 * }</pre>
 *
 * Every feature is required unless {@link #impute} names it. Immutable: each call answers a new declaration.
 */
public final class Features {
    private final String response;
    private final Map<String, Kind> kinds;
    private final Set<String> imputed;

    private Features(String response, Map<String, Kind> kinds, Set<String> imputed) {
        this.response = response;
        this.kinds = kinds;
        this.imputed = imputed;
    }

    enum Kind {
        NUMERIC,
        CATEGORICAL,
        FLAG
    }

    /** A classifier of the labels in column {@code response}. */
    public static Features classify(String response) {
        if (response.isBlank()) {
            throw bad("The response column needs a name.");
        }
        return new Features(response, Map.of(), Set.of());
    }

    /** Columns of numbers. */
    public Features numeric(String... columns) {
        return with(Kind.NUMERIC, columns);
    }

    /** Columns of few different texts or whole numbers. */
    public Features categorical(String... columns) {
        return with(Kind.CATEGORICAL, columns);
    }

    /** Columns of true and false. */
    public Features flag(String... columns) {
        return with(Kind.FLAG, columns);
    }

    /**
     * Declared columns whose value may be missing: a number then takes the training mean, a category or flag becomes a category
     * of its own.
     */
    public Features impute(String... columns) {
        Set<String> names = new LinkedHashSet<>(imputed);
        for (String column : columns) {
            if (!kinds.containsKey(column)) {
                throw bad("'%s' is not declared as a feature, so it can't be imputed.%s"
                        .formatted(column, Nearest.hint(column, kinds.keySet())));
            }
            names.add(column);
        }
        return new Features(response, kinds, names);
    }

    /**
     * Fits the declaration on training rows.
     *
     * @throws LatheException {@code bad-request} naming row (from 1), column and value when a required value or the response is
     *     missing or of a wrong type, when a column isn't there, or when there are no rows
     */
    public FittedFeatures fit(RowSource rows) {
        if (kinds.isEmpty()) {
            throw bad("No feature is declared; add numeric(…), categorical(…) or flag(…) before fit.");
        }
        Map<String, ColumnFit> fits = new LinkedHashMap<>();
        kinds.forEach((column, kind) -> fits.put(column, ColumnFit.of(kind, column)));
        Set<String> labels = new TreeSet<>();
        RowNumber number = new RowNumber();
        rows.forEachRow((Map<String, @Nullable Object> row) -> number.count(() -> {
            labels.add(label(row, response));
            fits.forEach((column, fit) -> observe(row, column, fit));
        }));
        if (labels.isEmpty()) {
            throw bad("There are no training rows; give at least one.");
        }
        List<FeatureTransform> transforms = new ArrayList<>();
        fits.forEach((column, fit) ->
                transforms.add(fit.fitted(imputed.contains(column) ? WhenMissing.IMPUTE : WhenMissing.REFUSE)));
        return new FittedFeatures(response, List.copyOf(labels), transforms);
    }

    private void observe(Map<String, @Nullable Object> row, String column, ColumnFit fit) {
        requireColumn(row, column);
        Object value = row.get(column);
        if (value != null) {
            fit.observe(value);
        } else if (!imputed.contains(column)) {
            throw bad(
                    "column '%s' has no value, and the feature is required. Drop such rows first, or declare impute(\"%s\")."
                            .formatted(column, column));
        }
    }

    /** The label in {@code row}: the text of its response value. */
    static String label(Map<String, @Nullable Object> row, String response) {
        requireColumn(row, response);
        Object value = row.get(response);
        if (value == null || value.toString().isEmpty()) {
            throw bad("the response column '%s' has no value. Drop such rows first.".formatted(response));
        }
        return value.toString();
    }

    private static void requireColumn(Map<String, @Nullable Object> row, String column) {
        if (!row.containsKey(column)) {
            throw bad("there is no column '%s'.%s".formatted(column, Nearest.hint(column, row.keySet())));
        }
    }

    private Features with(Kind kind, String... columns) {
        Map<String, Kind> more = new LinkedHashMap<>(kinds);
        for (String column : columns) {
            if (column.isBlank()) {
                throw bad("A feature needs the name of a column.");
            }
            if (column.equals(response)) {
                throw bad(
                        "'%s' is the response; a model that reads it as a feature has learnt nothing. Leave it out of the features."
                                .formatted(column));
            }
            if (more.putIfAbsent(column, kind) != null) {
                throw bad("Column '%s' is declared twice.".formatted(column));
            }
        }
        return new Features(response, more, imputed);
    }

    private static LatheException bad(String message) {
        return new LatheException(ProblemCode.BAD_REQUEST, message);
    }
}
