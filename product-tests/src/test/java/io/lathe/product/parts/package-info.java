/** What Lathe is made of: that the lists which the build makes are true. Start reading at {@link io.lathe.product.parts.PartsTest}. */
@NullMarked
package io.lathe.product.parts;

import org.jspecify.annotations.NullMarked;
