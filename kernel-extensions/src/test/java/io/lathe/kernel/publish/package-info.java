/** Tests of publishing against a workbench that fails on purpose. */
@NullMarked
package io.lathe.kernel.publish;

import org.jspecify.annotations.NullMarked;
