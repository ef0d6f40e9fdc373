/**
 * What a cell prints, on its way to the notebook. It knows the kernel's streams and no other part of the extension.
 * Start with {@code PrintedText}.
 */
@NullMarked
package io.lathe.kernel.output;

import org.jspecify.annotations.NullMarked;
