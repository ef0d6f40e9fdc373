/**
 * The profile of a table, computed in one pass over its batches. It is for showing a dataset and inferring its schema and must not know where the table came from. Start reading at
 * {@link io.lathe.datasets.statistics.DatasetStatistics}.
 */
@NullMarked
package io.lathe.datasets.statistics;

import org.jspecify.annotations.NullMarked;
