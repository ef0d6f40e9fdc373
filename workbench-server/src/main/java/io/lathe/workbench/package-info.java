/**
 * The workbench server: wiring, start and stop. Nothing else may know this package. Start reading at {@link
 * io.lathe.workbench.App}, then {@link io.lathe.workbench.Services}.
 */
@NullMarked
package io.lathe.workbench;

import org.jspecify.annotations.NullMarked;
