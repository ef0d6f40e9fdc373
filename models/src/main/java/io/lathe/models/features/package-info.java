/**
 * From raw rows to Tribuo examples: a declaration, fitted on training rows into transforms that are data.
 *
 * <p>It must not know bundles or prediction. Start reading at {@link io.lathe.models.features.Features}.
 */
@NullMarked
package io.lathe.models.features;

import org.jspecify.annotations.NullMarked;
