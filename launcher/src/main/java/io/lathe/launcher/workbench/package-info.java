/**
 * Starting, stopping and showing the workbench: the commands up, down, status and login.
 * It knows processes, run notes and the health page; nothing of projects, models or consumers.
 * Start reading at {@link io.lathe.launcher.workbench.Workbench}.
 */
@NullMarked
package io.lathe.launcher.workbench;

import org.jspecify.annotations.NullMarked;
