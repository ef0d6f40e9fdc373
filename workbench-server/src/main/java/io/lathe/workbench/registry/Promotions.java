package io.lathe.workbench.registry;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import io.lathe.workbench.serving.Deployment;
import java.util.function.Consumer;

/**
 * What people decide about versions. Production is what is served: a version goes there once the endpoint has loaded it, not before.
 * Thread-safe.
 */
public final class Promotions {
    /** Most characters (code points) of a reason. */
    public static final int LONGEST_REASON = 1_000;

    /** A reason says something, as a regular expression of the whole text. */
    public static final String REASON = "[\\s\\S]*\\S[\\s\\S]*";

    private final Models models;
    private final Deployment deployment;

    public Promotions(Models models, Deployment deployment) {
        this.models = models;
        this.deployment = deployment;
    }

    /**
     * Points an alias at a version.
     *
     * @param note why; may be empty
     * @param seen looks at the model before anything is begun and again within the transaction of the change; what it throws is thrown,
     *     and nothing is changed
     * @throws LatheException NOT_FOUND when there is no such model or version; CONFLICT when it is retired or cannot be served; TIMEOUT
     *     when the endpoint does not load it in time
     */
    public AliasMove point(String ownerId, ModelName name, Alias alias, int version, String note, Consumer<Model> seen)
            throws InterruptedException {
        seen.accept(models.load(ownerId, name));
        if (alias == Alias.PRODUCTION) {
            requireServable(ownerId, name, version);
        }
        return models.point(ownerId, name, alias, version, note, seen);
    }

    /**
     * Puts the held candidate in production all the same.
     *
     * @param reason why: it is kept with who decided
     * @param seen as in {@link #point}
     * @throws LatheException BAD_REQUEST without a reason; CONFLICT when the candidate is another one, or cannot be served
     */
    public AliasMove promote(String ownerId, ModelName name, int version, String reason, Consumer<Model> seen)
            throws InterruptedException {
        Model model = models.load(ownerId, name);
        String why = require(reason);
        seen.accept(model);
        requireServable(ownerId, name, version);
        return models.promote(ownerId, name, version, why, seen);
    }

    /**
     * Takes the held candidate out of the way.
     *
     * @param seen as in {@link #point}
     * @return its number
     * @throws LatheException BAD_REQUEST without a reason; CONFLICT when no candidate waits
     */
    public int reject(String ownerId, ModelName name, String reason, Consumer<Model> seen) {
        models.load(ownerId, name);
        return models.reject(ownerId, name, require(reason), seen);
    }

    /**
     * Retires a version: the endpoint lets go of it after its last request.
     *
     * @param seen as in {@link #point}
     * @throws LatheException BAD_REQUEST without a reason; NOT_FOUND when there is no such version; CONFLICT while an alias points at it
     */
    public void retire(String ownerId, ModelName name, int version, String reason, Consumer<Model> seen) {
        models.load(ownerId, name);
        models.retire(ownerId, name, version, require(reason), seen);
    }

    private void requireServable(String ownerId, ModelName name, int version) throws InterruptedException {
        models.requireServable(ownerId, name, version);
        deployment.requireServable(
                name.value(),
                version,
                () -> models.stage(ownerId, name, version),
                () -> models.unstage(ownerId, name, version));
    }

    private static String require(String reason) {
        if (reason.isBlank() || reason.codePointCount(0, reason.length()) > LONGEST_REASON) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "'" + Shown.of(reason) + "' is no reason: say why, in at most " + LONGEST_REASON + " characters.");
        }
        return reason.strip();
    }
}
