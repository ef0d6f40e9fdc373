/**
 * The data folder as the launcher sees it: settings that are kept, and notes of the processes that run on it.
 * It must not know how the workbench is started or spoken to, and it never opens the database.
 * Start reading at {@link io.lathe.launcher.data.DataFolder}.
 */
@NullMarked
package io.lathe.launcher.data;

import org.jspecify.annotations.NullMarked;
