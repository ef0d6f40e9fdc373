/**
 * The one reader of delimited text: bytes to typed column batches with validity, and back. It is for statistics, schema checks and tables alike and must not know any of them. Start reading at
 * {@link io.lathe.datasets.read.CsvTable}.
 */
@NullMarked
package io.lathe.datasets.read;

import org.jspecify.annotations.NullMarked;
