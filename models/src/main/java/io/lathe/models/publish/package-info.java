/**
 * The notebook's side of a publication: a trained model becomes a bundle that has checked itself.
 *
 * <p>It must not know how a bundle is uploaded. Start reading at {@link io.lathe.models.publish.BundleBuilder}.
 */
@NullMarked
package io.lathe.models.publish;

import org.jspecify.annotations.NullMarked;
