/**
 * The shared serving endpoint.
 */
@NullMarked
package io.lathe.serving;

import org.jspecify.annotations.NullMarked;
