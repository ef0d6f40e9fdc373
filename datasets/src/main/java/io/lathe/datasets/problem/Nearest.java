package io.lathe.datasets.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Suggests a known name for one that was not found. */
public final class Nearest {
    private static final int LISTED = 10;
    private static final int COMPARED_LENGTH = 100;
    private static final int COMPARED_NAMES = 2_000;

    private Nearest() {}

    /** The known name most like the asked one, if one is alike: equal but for case, or few letters away. Of very many, the first are looked at. */
    public static Optional<String> of(String asked, Collection<String> known) {
        if (asked.length() > COMPARED_LENGTH) {
            return Optional.empty();
        }
        var allowed = Math.max(1, asked.length() / 3);
        return known.stream()
                // Names whose lengths differ by more are further away, without looking at their letters.
                .filter(name -> Math.abs(name.length() - asked.length()) <= allowed)
                .limit(COMPARED_NAMES)
                .map(name -> new Candidate(name, distance(asked, name)))
                // Names that share no letter are not alike, however short they are.
                .filter(candidate -> candidate.distance() <= allowed
                        && candidate.distance()
                                < Math.max(asked.length(), candidate.name().length()))
                .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .map(Candidate::name);
    }

    private record Candidate(String name, int distance) {}

    /** The end of an error message: {@code " Did you mean 'x'?"}, or {@code " Known: 'a', 'b'."}, or nothing. */
    public static String hint(String asked, Collection<String> known) {
        return of(asked, known).map(name -> " Did you mean '" + name + "'?").orElseGet(() -> listing(known));
    }

    /** The end of an error message that always lists what is known, in quotes, so that blanks in names show. */
    public static String hintAndKnown(String asked, Collection<String> known) {
        return of(asked, known).map(name -> " Did you mean '" + name + "'?").orElse("") + listing(known);
    }

    /**
     * The one of {@code all} that is called so.
     *
     * @param what one of them in a message: {@code role}
     * @throws LatheException BAD_REQUEST naming what was asked, the nearest name and all of them
     */
    public static <T> T choose(String what, String asked, List<T> all, Function<T, String> name) {
        return all.stream()
                .filter(each -> name.apply(each).equals(asked))
                .findFirst()
                .orElseThrow(() -> new LatheException(
                        ProblemCode.BAD_REQUEST,
                        "There is no " + what + " '" + Shown.of(asked) + "'."
                                + hintAndKnown(asked, all.stream().map(name).toList())));
    }

    private static String listing(Collection<String> known) {
        if (known.isEmpty()) {
            return "";
        }
        var more = known.size() > LISTED ? " and " + (known.size() - LISTED) + " more" : "";
        return known.stream().limit(LISTED).collect(Collectors.joining("', '", " Known: '", "'" + more + "."));
    }

    /**
     * Damerau-Levenshtein distance in its form for adjacent letters ("optimal string alignment"), without regard to case: a letter too
     * many, too few, another one, or two in the wrong order count one. Names that differ in case only are at 0.
     */
    private static int distance(String left, String right) {
        var a = left.toLowerCase(Locale.ROOT);
        var b = right.toLowerCase(Locale.ROOT);
        var before = new int[b.length() + 1];
        var above = new int[b.length() + 1];
        for (var j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (var i = 1; i <= a.length(); i++) {
            var row = new int[b.length() + 1];
            row[0] = i;
            for (var j = 1; j <= b.length(); j++) {
                var change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], above[j]) + 1, above[j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
            }
            before = above;
            above = row;
        }
        return above[b.length()];
    }
}
