/**
 * Processes on this machine that outlive the workbench. It must not know what they do. Start reading at {@link
 * io.lathe.workbench.process.LocalProcess}.
 */
@NullMarked
package io.lathe.workbench.process;

import org.jspecify.annotations.NullMarked;
