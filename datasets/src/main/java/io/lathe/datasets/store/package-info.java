/**
 * Named immutable objects and few references moved by compare-and-swap, in a folder or behind the workbench. It is for whoever keeps bytes and must not know what they mean: datasets and models are
 * layouts on top. Start reading at {@link io.lathe.datasets.store.ObjectStore}.
 */
@NullMarked
package io.lathe.datasets.store;

import org.jspecify.annotations.NullMarked;
