package io.lathe.launcher.setup;

/** Set-up cannot go on. The message says what failed, on what, and what to do next; it is meant for the user as it is. */
public sealed class SetupFailure extends RuntimeException permits CutShort {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    SetupFailure(String message) {
        this(message, 1);
    }

    SetupFailure(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    /** 1 where something failed, 130 where the user cancelled. */
    public int exitCode() {
        return exitCode;
    }
}
