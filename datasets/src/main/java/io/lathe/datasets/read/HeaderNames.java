package io.lathe.datasets.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Makes every column reachable by one name: without blanks around it, {@code column-3} where there is none, {@code a-2} for a second {@code a}. */
final class HeaderNames {
    private final List<String> names = new ArrayList<>();
    private final TreeMap<Integer, String> notes = new TreeMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> nextNumbers = new HashMap<>();

    HeaderNames(List<String> written) {
        written.forEach(each -> taken.add(each.strip()));
        var firstSeen = new HashMap<String, Integer>();
        for (var i = 0; i < written.size(); i++) {
            var name = written.get(i).strip();
            if (name.isEmpty()) {
                name = free("column-" + (i + 1));
                notes.put(i, "Column " + (i + 1) + " has no name; it is '" + name + "'.");
            } else if (firstSeen.containsKey(name)) {
                var first = firstSeen.get(name) + 1;
                var free = second(name);
                notes.put(
                        i,
                        "Columns " + first + " and " + (i + 1) + " are both named '" + name + "'; the latter is '"
                                + free + "'.");
                name = free;
            } else {
                firstSeen.put(name, i);
                if (!name.equals(written.get(i))) {
                    notes.put(
                            i,
                            "The name '" + written.get(i) + "' of column " + (i + 1) + " has blanks around; it is '"
                                    + name + "'.");
                }
            }
            names.add(name);
        }
    }

    List<String> names() {
        return names;
    }

    /** What was changed about the names of the first so many columns. */
    List<String> notes(int columns) {
        return List.copyOf(notes.headMap(columns).values());
    }

    private String free(String name) {
        return taken.add(name) ? name : second(name);
    }

    private String second(String name) {
        for (var number = nextNumbers.getOrDefault(name, 2); ; number++) {
            var candidate = name + "-" + number;
            if (taken.add(candidate)) {
                nextNumbers.put(name, number + 1);
                return candidate;
            }
        }
    }
}
