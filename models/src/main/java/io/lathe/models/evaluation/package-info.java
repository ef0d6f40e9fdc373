/**
 * How good a model is, and whether that is good enough: metrics and the gate.
 *
 * <p>It must not know how predictions are made. Start reading at {@link io.lathe.models.evaluation.Gate}.
 */
@NullMarked
package io.lathe.models.evaluation;

import org.jspecify.annotations.NullMarked;
