/**
 * What a dataset must look like, in TensorFlow Metadata's terms, and the one checker of it. It is for tables and for single rows before a prediction and must not know who asks. Start reading at
 * {@link io.lathe.datasets.schema.Schema}.
 */
@NullMarked
package io.lathe.datasets.schema;

import org.jspecify.annotations.NullMarked;
