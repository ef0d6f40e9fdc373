/**
 * Workbench and serving endpoint as the processes they are, attacked from outside. Start reading at {@link
 * io.lathe.product.process.ProcessSecurityTest}.
 */
@NullMarked
package io.lathe.product.process;

import org.jspecify.annotations.NullMarked;
