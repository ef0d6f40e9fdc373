/**
 * Tablesaw tables filled from the reader of {@code datasets}, and written back. It is for notebooks and must not know versions or schemas. Start reading at
 * {@link io.lathe.datasets.tables.Tables}.
 */
@NullMarked
package io.lathe.datasets.tables;

import org.jspecify.annotations.NullMarked;
