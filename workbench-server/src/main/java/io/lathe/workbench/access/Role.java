package io.lathe.workbench.access;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.Nearest;
import java.util.List;
import java.util.Locale;

/** What an account's token may do. Each role may do all that the one before it may. */
public enum Role {
    /** Reads everything. */
    VIEWER,
    /** Makes projects, runs notebook servers, and uses their JupyterLab. */
    DEVELOPER,
    /** Moves aliases, rolls back, and says which programs may call models. */
    MAINTAINER,
    /** Makes tokens and login links, and backs the data folder up. */
    OWNER;

    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    /** The stable name, as {@code developer}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws LatheException BAD_REQUEST when there is no such role, naming the nearest */
    public static Role parse(String wireName) {
        return Nearest.choose("role", wireName, List.of(values()), Role::wireName);
    }
}
