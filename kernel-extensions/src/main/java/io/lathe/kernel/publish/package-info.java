/**
 * From a live model to a publication: build and check the bundle here, upload it, follow the workbench's judgement.
 * It knows the models library and the project-scoped API; it never judges a model itself.
 * Start with {@link io.lathe.kernel.publish.Publisher}.
 */
@NullMarked
package io.lathe.kernel.publish;

import org.jspecify.annotations.NullMarked;
