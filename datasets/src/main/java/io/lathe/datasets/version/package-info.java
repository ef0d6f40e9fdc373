/**
 * Datasets as numbered immutable versions on an object store, with their schemas and statistics. It is for whoever commits or loads data and must not know which store it has. Start reading at
 * {@link io.lathe.datasets.version.Datasets}.
 */
@NullMarked
package io.lathe.datasets.version;

import org.jspecify.annotations.NullMarked;
