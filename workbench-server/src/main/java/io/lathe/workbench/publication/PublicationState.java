package io.lathe.workbench.publication;

import java.util.Locale;

/** How far a publication is. */
public enum PublicationState {
    UPLOADED,
    VERIFYING,
    JUDGING,
    DEPLOYING,
    /** The gate has spoken, and what it decided is done. */
    DONE,
    /** It could not be carried through; the error says why. */
    FAILED;

    public boolean isOver() {
        return this == DONE || this == FAILED;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
