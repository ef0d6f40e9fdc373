package io.lathe.datasets.statistics;

/** The five-number summary: values at 0, 25, 50, 75 and 100 percent. */
public record Quantiles(double min, double lowerQuartile, double median, double upperQuartile, double max) {}
