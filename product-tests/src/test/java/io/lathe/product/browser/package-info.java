/**
 * The product as its user meets it: started by {@code ./lathe up}, used in a real Chromium, screenshots kept in {@code target/screenshots}.
 * It knows pages by their words and roles, never by their code, and starts nothing but the product and the browser. Start with {@code MainLineBrowserTest}.
 */
@NullMarked
package io.lathe.product.browser;

import org.jspecify.annotations.NullMarked;
