package io.lathe.workbench.publication;

import java.util.Locale;
import java.util.Set;

/**
 * How far a publication is. Each state says what is kept for good, so that a workbench that was killed in it goes on from there: what
 * is done twice has the effect of once.
 */
public enum PublicationState {
    /** The bundle's file is whole and is the publication's. */
    UPLOADED,
    /** The evaluation data and the bundle in production are fetched. */
    VERIFYING,
    /** The bundle is opened in quarantine and evaluated. */
    JUDGING,
    /** The verdict is kept; the bundle goes into the store. */
    STORING,
    /** The version is there, no name points at it; the endpoint loads it. */
    DEPLOYING,
    /** The alias points at the version; the endpoint is to say that it serves it. From here on there is no cancelling. */
    SWITCHING,
    /** The gate has spoken, and what it decided is done. */
    DONE,
    /** It could not be carried through and left nothing; the error says why. */
    FAILED,
    /** Somebody cancelled it, and it left nothing. */
    CANCELLED;

    /** The states that may follow; a state that follows itself is entered again after an interruption. */
    private Set<PublicationState> next() {
        return switch (this) {
            case UPLOADED -> Set.of(UPLOADED, VERIFYING, FAILED, CANCELLED);
            case VERIFYING -> Set.of(VERIFYING, JUDGING, FAILED, CANCELLED);
            case JUDGING -> Set.of(VERIFYING, JUDGING, STORING, FAILED, CANCELLED);
            case STORING -> Set.of(STORING, DEPLOYING, DONE, FAILED, CANCELLED);
            case DEPLOYING -> Set.of(DEPLOYING, SWITCHING, FAILED, CANCELLED);
            case SWITCHING -> Set.of(SWITCHING, DONE, FAILED);
            case DONE, FAILED, CANCELLED -> Set.of();
        };
    }

    /** @throws IllegalStateException when {@code next} cannot follow */
    void requireNext(PublicationState next) {
        if (!next().contains(next)) {
            throw new IllegalStateException("A publication that is " + this + " cannot become " + next);
        }
    }

    public boolean isOver() {
        return next().isEmpty();
    }

    public boolean mayBeCancelled() {
        return next().contains(CANCELLED);
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
