/**
 * Backups of a data folder: made while a workbench runs or not, and restored into an empty place. It knows the layout of the data folder
 * and nothing of routes or running services. Start reading at {@link io.lathe.workbench.backup.BackupMode}.
 */
@NullMarked
package io.lathe.workbench.backup;

import org.jspecify.annotations.NullMarked;
