package io.lathe.datasets.read;

import java.util.List;
import java.util.Set;

/** The words that mean "no value" in one column. */
final class MissingWords {
    private final String[] words;
    private final boolean[] lengths;

    MissingWords(Set<String> tokens, Set<String> kept) {
        this.words =
                tokens.stream().filter(token -> !kept.contains(token)).sorted().toArray(String[]::new);
        this.lengths = new boolean
                [List.of(words).stream().mapToInt(String::length).max().orElse(0) + 1];
        for (var word : words) {
            lengths[word.length()] = true;
        }
    }

    int size() {
        return words.length;
    }

    String word(int index) {
        return words[index];
    }

    /** Which word the cell is, or -1. */
    int find(char[] cell, int from, int to) {
        var length = to - from;
        if (length >= lengths.length || !lengths[length]) {
            return -1;
        }
        for (var i = 0; i < words.length; i++) {
            if (words[i].length() == length && equal(words[i], cell, from)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean equal(String word, char[] cell, int from) {
        for (var i = 0; i < word.length(); i++) {
            if (word.charAt(i) != cell[from + i]) {
                return false;
            }
        }
        return true;
    }
}
