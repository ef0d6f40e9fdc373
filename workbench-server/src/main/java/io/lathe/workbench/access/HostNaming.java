package io.lathe.workbench.access;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.Nearest;
import io.lathe.datasets.problem.ProblemCode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Jdbi;

/** How projects get hosts of their own. */
public enum HostNaming {
    /** By names below {@code notebooks.localhost}. */
    NAMES,
    /** By loopback addresses. */
    ADDRESSES;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws LatheException BAD_REQUEST naming the nearest word there is */
    public static HostNaming of(String word) {
        List<String> words = Arrays.stream(values()).map(HostNaming::word).toList();
        if (!words.contains(word)) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "Notebook hosts cannot be '" + word + "'." + Nearest.hint(word, words) + " Choose one of "
                            + String.join(", ", words) + ".");
        }
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The hosts of the projects in this database. */
    public NotebookHosts hosts(Jdbi jdbi) {
        return switch (this) {
            case NAMES -> new NotebookNames();
            case ADDRESSES -> new NotebookAddresses(jdbi);
        };
    }
}
