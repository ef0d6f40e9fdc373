/** Tests of notebook servers as real processes. Start reading at {@code NotebookServersTest}. */
@NullMarked
package io.lathe.workbench.notebookserver;

import org.jspecify.annotations.NullMarked;
