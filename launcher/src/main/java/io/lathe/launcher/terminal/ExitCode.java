package io.lathe.launcher.terminal;

/** How a command ended, for scripts. */
public enum ExitCode {
    DONE(0),
    /** The asked thing failed, or a check said no. */
    FAILED(1),
    /** The command was used wrongly. */
    BAD_USE(2),
    /** The workbench cannot be reached, or whether the thing happened is not known. */
    UNKNOWN(3),
    CANCELLED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
