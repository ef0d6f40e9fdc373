/**
 * The whole line without a browser, as README and {@code ./lathe demo} promise it. These tests know only {@code ./lathe} and HTTP.
 * Start with {@code ReadmeTest}.
 */
@NullMarked
package io.lathe.product.line;

import org.jspecify.annotations.NullMarked;
