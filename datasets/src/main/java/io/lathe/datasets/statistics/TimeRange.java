package io.lathe.datasets.statistics;

/** Earliest and latest value of a column of dates, in ISO form. */
public record TimeRange(String earliest, String latest) {}
