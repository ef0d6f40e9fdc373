package io.lathe.launcher.setup;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The word that was probably meant. */
public final class Guess {
    private Guess() {}

    /** {@code " Did you mean 'up'?"}, or nothing where no known word is near. */
    public static String among(String asked, List<String> known) {
        return known.stream()
                .filter(word -> distance(asked, word) <= nearEnough(word))
                .min(Comparator.comparingInt(word -> distance(asked, word)))
                .map(word -> " Did you mean '" + word + "'?")
                .orElse("");
    }

    /** Farther than a third of the letters, a guess only misleads. */
    private static int nearEnough(String word) {
        return Math.max(1, word.replace("-", "").length() / 3);
    }

    /** Edit distance after Damerau and Levenshtein: two neighbouring letters in the wrong order count one, as any other slip does. */
    private static int distance(String a, String b) {
        int[] before = new int[b.length() + 1];
        int[] above = new int[b.length() + 1];
        Arrays.setAll(above, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, 1 + Math.min(above[j], row[j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], 1 + before[j - 2]);
                }
            }
            before = above;
            above = row;
        }
        return above[b.length()];
    }
}
