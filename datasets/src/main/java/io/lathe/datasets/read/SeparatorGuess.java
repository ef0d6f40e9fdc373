package io.lathe.datasets.read;

import java.util.ArrayList;
import java.util.List;

/** Which of the usual marks separates the fields of a file: the one that cuts its first lines into equally many fields, and most of them. */
final class SeparatorGuess {
    private static final char[] MARKS = {',', ';', '\t', '|'};
    private static final int LINES = 50;

    private SeparatorGuess() {}

    static char of(CharSequence beginning) {
        var best = ',';
        var bestScore = 1L;
        for (var mark : MARKS) {
            var score = score(fieldCounts(beginning, mark));
            if (score > bestScore) {
                best = mark;
                bestScore = score;
            }
        }
        return best;
    }

    /** Equal counts beat unequal ones; then the header's count decides. */
    private static long score(List<Integer> counts) {
        if (counts.isEmpty() || counts.getFirst() < 2) {
            return 0;
        }
        var equal = counts.stream().distinct().count() == 1;
        return counts.getFirst() + (equal ? 1_000_000L : 0);
    }

    /** Fields in each of the first whole lines; line ends and marks within quotes do not count. */
    private static List<Integer> fieldCounts(CharSequence text, char mark) {
        var counts = new ArrayList<Integer>();
        var fields = 1;
        var empty = true;
        var quoted = false;
        for (var i = 0; i < text.length() && counts.size() < LINES; i++) {
            var c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
                empty = false;
            } else if (!quoted && (c == '\n' || c == '\r')) {
                if (!empty) {
                    counts.add(fields);
                }
                fields = 1;
                empty = true;
            } else if (!quoted) {
                empty = false;
                fields += c == mark ? 1 : 0;
            }
        }
        if (!empty && counts.isEmpty()) {
            counts.add(fields);
        }
        return counts;
    }
}
