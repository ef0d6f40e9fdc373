package io.lathe.datasets.read;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes every column reachable by one name: without blanks around it, {@code column-3} where there is none, {@code a-2} for a second {@code a}. */
final class HeaderNames {
    private final List<String> names = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    HeaderNames(List<String> written) {
        var taken = new HashSet<String>();
        written.forEach(each -> taken.add(each.strip()));
        var seen = new HashSet<String>();
        for (var i = 0; i < written.size(); i++) {
            var name = written.get(i).strip();
            if (name.isEmpty()) {
                name = free("column-" + (i + 1), taken);
                notes.add("Column " + (i + 1) + " has no name; it is '" + name + "'.");
            } else if (!seen.add(name)) {
                var first = names.indexOf(name) + 1;
                name = second(name, taken);
                notes.add("Columns " + first + " and " + (i + 1) + " are both named '" + names.get(first - 1)
                        + "'; the latter is '" + name + "'.");
            } else if (!name.equals(written.get(i))) {
                notes.add("The name '" + written.get(i) + "' of column " + (i + 1) + " has blanks around; it is '"
                        + name + "'.");
            }
            names.add(name);
        }
    }

    List<String> names() {
        return names;
    }

    List<String> notes() {
        return notes;
    }

    private static String free(String name, Set<String> taken) {
        return taken.add(name) ? name : second(name, taken);
    }

    private static String second(String name, Set<String> taken) {
        var number = 2;
        while (!taken.add(name + "-" + number)) {
            number++;
        }
        return name + "-" + number;
    }
}
