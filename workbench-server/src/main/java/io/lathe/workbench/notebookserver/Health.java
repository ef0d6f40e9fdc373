package io.lathe.workbench.notebookserver;

/** What one look at a notebook server found. */
public sealed interface Health {
    /** It is there; whether it answers is asked over HTTP. */
    record Running() implements Health {}

    /** It is gone for good. */
    record Gone(String why) implements Health {}

    /** It lost its port to another program between choosing and binding; launching again helps. */
    record LostPort() implements Health {}
}
