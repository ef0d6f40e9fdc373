/**
 * What the two web servers have in common beneath their routes: bounds on connections, closing them so that the answer arrives, and the
 * headers of bare answers. It must not know what is answered. Start reading at {@link io.lathe.web.ConnectionBounds}.
 */
@NullMarked
package io.lathe.web;

import org.jspecify.annotations.NullMarked;
