/**
 * How a command speaks: results on standard output, progress on standard error, an exit code at the end.
 * It knows no command and nothing of a workbench.
 * Start reading at {@link io.lathe.launcher.terminal.Terminal}.
 */
@NullMarked
package io.lathe.launcher.terminal;

import org.jspecify.annotations.NullMarked;
