/**
 * Whole folders on disk. It must not know what is in them. Start reading at {@link io.lathe.workbench.file.FileTree}.
 */
@NullMarked
package io.lathe.workbench.file;

import org.jspecify.annotations.NullMarked;
