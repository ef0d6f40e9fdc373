package io.lathe.datasets.statistics;

/**
 * One bar of a histogram: values in {@code [low, high)}, the last one in {@code [low, high]}.
 *
 * @param count how many values; counted while values are few, estimated from quantiles above
 */
public record Bucket(double low, double high, long count) {}
