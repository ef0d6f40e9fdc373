/**
 * JSON as the bundle writes and reads it: one byte form per value, and hard limits on what is read.
 *
 * <p>It knows no model. Start reading at {@link io.lathe.models.json.CanonicalJson}.
 */
@NullMarked
package io.lathe.models.json;

import org.jspecify.annotations.NullMarked;
