/**
 * The extension loaded into the Java kernel.
 */
@NullMarked
package io.lathe.kernel;

import org.jspecify.annotations.NullMarked;
