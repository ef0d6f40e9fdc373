package io.lathe.kernel.data;

import io.lathe.datasets.statistics.DatasetStatistics;

/**
 * The shapes of a dataset's columns, to be looked at: a histogram for numbers, the most frequent values for words.
 *
 * @param title      what is shown
 * @param statistics where the bars come from; no rows are needed
 */
public record Histograms(String title, DatasetStatistics statistics) {}
