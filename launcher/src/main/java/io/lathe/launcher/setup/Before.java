package io.lathe.launcher.setup;

/** What an earlier attempt at a phase left. */
enum Before {
    /** Nothing, or whole results of other inputs: tools may build on them. */
    WHOLE,
    /** An attempt was cut off, or ran out of disk: any file may be half written, and tools that go by dates take it for whole. */
    CUT_OFF
}
