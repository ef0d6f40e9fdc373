/**
 * Versioned datasets: the library every other module builds on. It must not know any of them. Start reading at {@code version.Datasets}.
 */
@NullMarked
package io.lathe.datasets;

import org.jspecify.annotations.NullMarked;
