/**
 * The workbench's HTTP API from the launcher's side: one client that acts as the owner, and what its errors mean here.
 * It knows paths and JSON trees, not what any command does with them.
 * Start reading at {@link io.lathe.launcher.api.WorkbenchApi}.
 */
@NullMarked
package io.lathe.launcher.api;

import org.jspecify.annotations.NullMarked;
