/**
 * The command consumer: which programs may call a model, each with its own token.
 * It knows the workbench's API and the serving endpoint's open status page, not how either is started.
 * Start reading at {@link io.lathe.launcher.consumer.Consumers}.
 */
@NullMarked
package io.lathe.launcher.consumer;

import org.jspecify.annotations.NullMarked;
