/** What the two web servers have in common beneath their routes: bounds on connections, and the headers of bare answers. */
@NullMarked
package io.lathe.web;

import org.jspecify.annotations.NullMarked;
