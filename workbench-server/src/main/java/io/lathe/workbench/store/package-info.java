/**
 * What a project may do in the object store. It must not know HTTP frameworks. Start reading at {@link
 * io.lathe.workbench.store.StoreRights}.
 */
@NullMarked
package io.lathe.workbench.store;

import org.jspecify.annotations.NullMarked;
