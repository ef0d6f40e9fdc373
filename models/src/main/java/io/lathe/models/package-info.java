/**
 * Models as bundles.
 */
@NullMarked
package io.lathe.models;

import org.jspecify.annotations.NullMarked;
