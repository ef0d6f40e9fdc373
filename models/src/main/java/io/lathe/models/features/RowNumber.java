package io.lathe.models.features;

import io.lathe.datasets.problem.LatheException;

/** Counts rows from 1 and names the row in what went wrong with it. Used by one thread. */
final class RowNumber {
    private long row;

    /** The rows so far. */
    long count() {
        return row;
    }

    void count(Runnable work) {
        row++;
        try {
            work.run();
        } catch (LatheException e) {
            throw new LatheException(e.code(), "Row %d: %s".formatted(row, e.getMessage()), e);
        }
    }
}
