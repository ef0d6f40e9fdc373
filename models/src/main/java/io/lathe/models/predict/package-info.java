/**
 * Predictions for raw rows, and the evaluation of a predictor on labelled rows.
 *
 * <p>It must not know HTTP. Start reading at {@link io.lathe.models.predict.Predictor}.
 */
@NullMarked
package io.lathe.models.predict;

import org.jspecify.annotations.NullMarked;
