package io.lathe.serving.openinference;

import io.lathe.datasets.problem.Nearest;
import io.lathe.serving.http.Answer;
import io.lathe.serving.http.SafeText;
import java.util.List;

/** The outputs every classifier has. */
final class Output {

    static final String LABEL = "label";
    static final String PROBABILITIES = "probabilities";
    private static final List<String> ALL = List.of(LABEL, PROBABILITIES);

    private Output() {}

    /** Refuses a name that is no output. */
    static void requireKnown(List<String> asked) {
        for (String name : asked) {
            if (!ALL.contains(name)) {
                throw Answer.badRequest(
                        "Output " + SafeText.quote(name) + " does not exist." + Nearest.hint(name, ALL));
            }
        }
    }

    /** The outputs to send: those asked for in the order asked, each once, or all. */
    static List<String> wanted(List<String> asked) {
        return asked.isEmpty() ? ALL : asked.stream().distinct().toList();
    }
}
