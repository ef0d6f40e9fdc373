package io.lathe.workbench.registry;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.Nearest;
import java.util.List;
import java.util.Locale;

/** The movable names of model versions. */
public enum Alias {
    /** What consumers get who ask for no version. */
    PRODUCTION,
    /** The newest version that was held: it waits for a person's decision. */
    CANDIDATE;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws LatheException BAD_REQUEST when there is no such alias */
    public static Alias parse(String wireName) {
        return Nearest.choose("alias", wireName, List.of(values()), Alias::wireName);
    }
}
