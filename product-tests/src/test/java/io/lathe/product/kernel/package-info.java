/**
 * The real Java kernel with Lathe's extension, started as Jupyter starts it. These tests know the kernel's protocol through
 * a small Python driver and nothing of the extension's classes. Start with {@link io.lathe.product.kernel.Kernel}.
 */
@NullMarked
package io.lathe.product.kernel;

import org.jspecify.annotations.NullMarked;
