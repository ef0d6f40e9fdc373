/** Tests of what pages make of numbers; how pages look is tested in a browser. */
@NullMarked
package io.lathe.workbench.page;

import org.jspecify.annotations.NullMarked;
