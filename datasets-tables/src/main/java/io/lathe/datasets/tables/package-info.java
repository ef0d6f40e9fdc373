/**
 * Tablesaw tables filled from the reader of {@code datasets}.
 */
@NullMarked
package io.lathe.datasets.tables;

import org.jspecify.annotations.NullMarked;
