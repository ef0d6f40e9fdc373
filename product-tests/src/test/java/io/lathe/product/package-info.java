/** Tests of the product as a whole. */
@NullMarked
package io.lathe.product;

import org.jspecify.annotations.NullMarked;
