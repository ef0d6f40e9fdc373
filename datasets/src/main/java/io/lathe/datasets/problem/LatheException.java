package io.lathe.datasets.problem;

/**
 * The one exception of Lathe: a mistake of the caller, a known condition, or a broken part. Its message says what failed, on which value, and what to do next, and never holds a secret, so it may be
 * shown to whoever asked.
 */
public final class LatheException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemCode code;

    public LatheException(ProblemCode code, String message) {
        super(message);
        this.code = code;
    }

    public LatheException(ProblemCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ProblemCode code() {
        return code;
    }

    /** The message, which is always present. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
