/**
 * Models, their versions and the names that point at them. It must not know how a version came to be judged, nor pages. {@link
 * io.lathe.workbench.registry.Models} reads them, {@link io.lathe.workbench.registry.Staging} changes them for a publication, {@link
 * io.lathe.workbench.registry.Promotions} for people. Start reading at {@link io.lathe.workbench.registry.Models}.
 */
@NullMarked
package io.lathe.workbench.registry;

import org.jspecify.annotations.NullMarked;
