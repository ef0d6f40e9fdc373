package io.lathe.datasets.store;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;

/**
 * A part of an object: {@code length} bytes from {@code offset}, cut where the object ends; empty when it starts at or after the end.
 *
 * @param offset first byte, from 0
 * @param length number of bytes, at least 1
 */
public record ByteRange(long offset, long length) {
    /** The whole object. */
    public static final ByteRange ALL = new ByteRange(0, Long.MAX_VALUE);

    public ByteRange {
        if (offset < 0 || length < 1) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "A byte range needs an offset of at least 0 and a length of at least 1, not " + offset + " and "
                            + length + ".");
        }
    }
}
