/** Tests of uploads by themselves. */
@NullMarked
package io.lathe.workbench.store;

import org.jspecify.annotations.NullMarked;
