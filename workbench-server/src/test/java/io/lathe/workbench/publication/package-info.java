/** Tests of judging a bundle, with the real quarantine process. */
@NullMarked
package io.lathe.workbench.publication;

import org.jspecify.annotations.NullMarked;
