/**
 * The file by which one process at a time has a folder to itself. It must not know what is in the folder. Start reading at {@link
 * io.lathe.datasets.lock.LockFile}.
 */
@NullMarked
package io.lathe.datasets.lock;

import org.jspecify.annotations.NullMarked;
