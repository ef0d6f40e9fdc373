/** Tests of statistics and checks in the background, over real stores. */
@NullMarked
package io.lathe.workbench.profile;

import org.jspecify.annotations.NullMarked;
