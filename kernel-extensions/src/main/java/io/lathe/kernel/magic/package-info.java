/**
 * The magics {@code %data}, {@code %schema}, {@code %stats}, {@code %publish}: words of a line to calls of the typed API.
 * They decide nothing that the API does not; each explains itself with {@code -h}.
 * Start with {@link io.lathe.kernel.magic.Magics}.
 */
@NullMarked
package io.lathe.kernel.magic;

import org.jspecify.annotations.NullMarked;
