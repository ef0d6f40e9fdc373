/**
 * Running JupyterLabs, one for a project. It must not know pages or HTTP frameworks. Start reading at {@link
 * io.lathe.workbench.notebookserver.NotebookServers}.
 */
@NullMarked
package io.lathe.workbench.notebookserver;

import org.jspecify.annotations.NullMarked;
