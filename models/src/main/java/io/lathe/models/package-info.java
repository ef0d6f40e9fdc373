/**
 * Models as bundles: what a model needs besides its numbers to be published, judged and served.
 *
 * <p>Nothing here knows HTTP, a database or where datasets are stored. Start reading at {@link
 * io.lathe.models.features}, then {@link io.lathe.models.bundle} and {@link io.lathe.models.predict}.
 */
@NullMarked
package io.lathe.models;

import org.jspecify.annotations.NullMarked;
