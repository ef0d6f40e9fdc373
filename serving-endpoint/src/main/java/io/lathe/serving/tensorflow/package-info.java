/**
 * The REST protocol of TensorFlow Serving: predict in row format, status, metadata.
 * It must not know the other protocol or the web server.
 * Start reading at {@link io.lathe.serving.tensorflow.TensorFlowRest}.
 */
@NullMarked
package io.lathe.serving.tensorflow;

import org.jspecify.annotations.NullMarked;
