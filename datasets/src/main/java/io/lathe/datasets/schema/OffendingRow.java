package io.lathe.datasets.schema;

/**
 * A row that breaks an expectation.
 *
 * @param row from 1, not counting the header
 * @param value the value there, shortened; empty when it is missing
 */
public record OffendingRow(long row, String value) {}
