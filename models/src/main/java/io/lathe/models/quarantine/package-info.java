/**
 * The first opening of a bundle from outside, in a JVM of its own that may crash, loop or starve.
 *
 * <p>It must not decide whether a model is promoted. Start reading at {@link io.lathe.models.quarantine.QuarantineProcess}.
 */
@NullMarked
package io.lathe.models.quarantine;

import org.jspecify.annotations.NullMarked;
