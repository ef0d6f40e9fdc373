package io.lathe.launcher.setup;

/** A tool stopped in the middle: it was killed, took too long, or its disk is full. What it was writing may be cut short. */
final class CutShort extends SetupFailure {
    private static final long serialVersionUID = 1L;

    CutShort(String message) {
        super(message);
    }
}
