/**
 * Who calls: Bearer tokens compared by hash, and the models each consumer may use.
 * It must not know protocols or how models are loaded.
 * Start reading at {@link io.lathe.serving.consumer.Consumers}.
 */
@NullMarked
package io.lathe.serving.consumer;

import org.jspecify.annotations.NullMarked;
