/**
 * The Open Inference Protocol, version 2, over REST.
 * It must not know the other protocol or the web server.
 * Start reading at {@link io.lathe.serving.openinference.OpenInference}.
 */
@NullMarked
package io.lathe.serving.openinference;

import org.jspecify.annotations.NullMarked;
