/**
 * The command model: lists and shows models and moves production back to the version before.
 * It knows the workbench's API and prints what that answers; nothing of bundles or serving.
 * Start reading at {@link io.lathe.launcher.model.ModelCommand}.
 */
@NullMarked
package io.lathe.launcher.model;

import org.jspecify.annotations.NullMarked;
