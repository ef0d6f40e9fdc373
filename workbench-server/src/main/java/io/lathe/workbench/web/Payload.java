package io.lathe.workbench.web;

/** What a request or an answer carries. */
public sealed interface Payload {
    /** Nothing. */
    record None() implements Payload {}

    /** One JSON document, made from or read into a record. */
    record One(Class<?> type) implements Payload {}

    /** One JSON document with a secret that is shown once and never kept. */
    record Secret(Class<?> type) implements Payload {}

    /** A JSON array of such documents. */
    record Many(Class<?> type) implements Payload {}

    /** Bytes of a media type. */
    record Bytes(String mediaType) implements Payload {}

    /** Server-Sent Events that end with the job. */
    record Events() implements Payload {}

    /** A JSON document that no record describes. */
    record Document() implements Payload {}
}
