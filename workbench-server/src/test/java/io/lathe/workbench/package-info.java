/**
 * The workbench as its callers see it: a real server on a free port, with real files and a real database. Start reading at {@link
 * io.lathe.workbench.RunningWorkbench}.
 */
@NullMarked
package io.lathe.workbench;

import org.jspecify.annotations.NullMarked;
