/**
 * Backups of a data folder and their way back. The work is done by the workbench's program, which alone knows the database; this package
 * starts it. Start reading at {@link io.lathe.launcher.backup.BackupCommand}.
 */
@NullMarked
package io.lathe.launcher.backup;

import org.jspecify.annotations.NullMarked;
