/** Tests of the edge over real sockets, with a scripted notebook server behind it. Start reading at {@code ProjectProxyTest}. */
@NullMarked
package io.lathe.workbench.proxy;

import org.jspecify.annotations.NullMarked;
