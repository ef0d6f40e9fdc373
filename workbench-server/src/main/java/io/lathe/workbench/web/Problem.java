package io.lathe.workbench.web;

import io.lathe.datasets.problem.ProblemCode;

/** A problem document, RFC 9457. */
public record Problem(String type, String title, int status, String detail) {
    static Problem of(ProblemCode code, String detail) {
        String words = code.wireName().replace('-', ' ');
        return new Problem(
                "urn:lathe:problem:" + code.wireName(),
                Character.toUpperCase(words.charAt(0)) + words.substring(1),
                code.httpStatus(),
                detail);
    }
}
