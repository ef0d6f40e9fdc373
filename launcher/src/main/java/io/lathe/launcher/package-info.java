/**
 * The ./lathe command as the user sees it: {@link io.lathe.launcher.Lathe} parses, runs one command and turns its outcome into an exit code.
 * It must not know how a workbench is started or what its API looks like; the packages beside it do, one per feature.
 * Start reading at {@link io.lathe.launcher.Lathe}.
 */
@NullMarked
package io.lathe.launcher;

import org.jspecify.annotations.NullMarked;
