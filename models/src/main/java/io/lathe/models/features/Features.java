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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tribuo.Output;
import org.tribuo.classification.Label;
import org.tribuo.regression.Regressor;

/**
 * Which columns a model reads and how, and which it answers: a declaration, to be fitted on training rows.
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
 *
 * @param <T> Tribuo's answer: {@link Label} or {@link Regressor}
 */
public final class Features<T extends Output<T>> {
    private final String response;
    private final Supplier<ResponseFit<T>> answers;
    private final Map<String, Kind> kinds;
    private final Set<String> imputed;

    private Features(String response, Supplier<ResponseFit<T>> answers, Map<String, Kind> kinds, Set<String> imputed) {
        this.response = response;
        this.answers = answers;
        this.kinds = kinds;
        this.imputed = imputed;
    }

    enum Kind {
        NUMERIC,
        CATEGORICAL,
        FLAG
    }

    /** A classifier of the labels in column {@code response}. */
    public static Features<Label> classify(String response) {
        return of(response, () -> ResponseFit.labels(response));
    }

    /** A model of the numbers in column {@code response}, which it answers in the column's own unit. */
    public static Features<Regressor> regress(String response) {
        return of(response, () -> ResponseFit.numbers(response));
    }

    private static <T extends Output<T>> Features<T> of(String response, Supplier<ResponseFit<T>> answers) {
        if (response.isBlank()) {
            throw bad("The response column needs a name.");
        }
        return new Features<>(response, answers, Map.of(), Set.of());
    }

    /** Columns of numbers. */
    public Features<T> numeric(String... columns) {
        return with(Kind.NUMERIC, columns);
    }

    /** Columns of few different texts or whole numbers. */
    public Features<T> categorical(String... columns) {
        return with(Kind.CATEGORICAL, columns);
    }

    /** Columns of true and false. */
    public Features<T> flag(String... columns) {
        return with(Kind.FLAG, columns);
    }

    /**
     * Declared columns whose value may be missing: a number then takes the training mean, a category or flag becomes a category
     * of its own.
     */
    public Features<T> impute(String... columns) {
        Set<String> names = new LinkedHashSet<>(imputed);
        for (String column : columns) {
            if (!kinds.containsKey(column)) {
                throw bad("'%s' is not declared as a feature, so it can't be imputed.%s"
                        .formatted(column, Nearest.hint(column, kinds.keySet())));
            }
            names.add(column);
        }
        return new Features<>(response, answers, kinds, names);
    }

    /**
     * Fits the declaration on training rows.
     *
     * @throws LatheException {@code bad-request} naming row (from 1), column and value when a required value or the response is
     *     missing or of a wrong type, when a column isn't there, or when there are no rows
     */
    public FittedFeatures<T> fit(RowSource rows) {
        if (kinds.isEmpty()) {
            throw bad("No feature is declared; add numeric(…), categorical(…) or flag(…) before fit.");
        }
        Map<String, ColumnFit> fits = new LinkedHashMap<>();
        kinds.forEach((column, kind) -> fits.put(column, ColumnFit.of(kind, column)));
        ResponseFit<T> answer = answers.get();
        RowNumber number = new RowNumber();
        rows.forEachRow((Map<String, @Nullable Object> row) -> number.count(() -> {
            requireColumn(row, response);
            answer.observe(row.get(response));
            fits.forEach((column, fit) -> observe(row, column, fit));
        }));
        if (number.count() == 0) {
            throw bad("There are no training rows; give at least one.");
        }
        List<FeatureTransform> transforms = new ArrayList<>();
        fits.forEach((column, fit) ->
                transforms.add(fit.fitted(imputed.contains(column) ? WhenMissing.IMPUTE : WhenMissing.REFUSE)));
        return new FittedFeatures<>(answer.fitted(), transforms);
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

    static void requireColumn(Map<String, @Nullable Object> row, String column) {
        if (!row.containsKey(column)) {
            throw bad("there is no column '%s'.%s".formatted(column, Nearest.hint(column, row.keySet())));
        }
    }

    private Features<T> with(Kind kind, String... columns) {
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
        return new Features<>(response, answers, more, imputed);
    }

    private static LatheException bad(String message) {
        return new LatheException(ProblemCode.BAD_REQUEST, message);
    }
}
