/**
 * The bundle: one zip with a model, its transforms, its input contract, its metrics and where it comes from.
 *
 * <p>Reading verifies names, sizes and hashes and loads no class; it must not predict. Start reading at {@link io.lathe.models.bundle.BundleReader}.
 */
@NullMarked
package io.lathe.models.bundle;

import org.jspecify.annotations.NullMarked;
