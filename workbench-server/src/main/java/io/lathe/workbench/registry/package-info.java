/**
 * Models, their versions and the names that point at them. It must not know how a version came to be judged, nor pages. Start reading
 * at {@link io.lathe.workbench.registry.Models}.
 */
@NullMarked
package io.lathe.workbench.registry;

import org.jspecify.annotations.NullMarked;
