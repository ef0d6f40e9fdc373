/**
 * Tribuo model files, opened without trusting them.
 *
 * <p>It must not know features or bundles. Start reading at {@link io.lathe.models.tribuo.TribuoModelFile}.
 */
@NullMarked
package io.lathe.models.tribuo;

import org.jspecify.annotations.NullMarked;
