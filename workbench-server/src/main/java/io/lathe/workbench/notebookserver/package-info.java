/**
 * Running JupyterLabs, one for a project: started, watched, found again after a restart, stopped. It must not know pages, HTTP
 * frameworks or the proxy. Start reading at {@link io.lathe.workbench.notebookserver.NotebookServers}, then {@code Supervision}, which
 * is one server's life from top to bottom.
 */
@NullMarked
package io.lathe.workbench.notebookserver;

import org.jspecify.annotations.NullMarked;
