/**
 * Versioned datasets. Knows no other module.
 */
@NullMarked
package io.lathe.datasets;

import org.jspecify.annotations.NullMarked;
