package io.lathe.serving.predict;

import io.lathe.datasets.problem.Shown;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Messages for one answer: each once, in order, the first 20, then how many more there were. Used by one thread. */
public final class Notes {

    private static final int SHOWN = 20;
    private static final int CHARS = 300;

    private final Set<String> shown = new LinkedHashSet<>();
    private int more;

    public void add(String message) {
        String note = Shown.of(message, CHARS);
        if (shown.size() < SHOWN) {
            shown.add(note);
        } else if (!shown.contains(note)) {
            more++;
        }
    }

    public boolean isEmpty() {
        return shown.isEmpty();
    }

    public List<String> list() {
        List<String> all = new ArrayList<>(shown);
        if (more > 0) {
            all.add("and " + more + " more");
        }
        return all;
    }
}
