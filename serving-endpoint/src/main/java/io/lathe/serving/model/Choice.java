package io.lathe.serving.model;

/** Which version of a model a caller asks for. */
public sealed interface Choice {

    /** The version in production. */
    record Production() implements Choice {}

    record Numbered(long number) implements Choice {}

    record Label(String alias) implements Choice {}
}
