package io.lathe.workbench.web;

import io.lathe.datasets.problem.ProblemCode;

/** A problem document, RFC 9457. */
public record Problem(String type, String title, int status, String detail) {
    /** The type of what has no meaning beyond its status. */
    static final String BLANK = "about:blank";

    public static Problem of(ProblemCode code, String detail) {
        return new Problem(code.typeUri(), code.title(), code.httpStatus(), detail);
    }
}
