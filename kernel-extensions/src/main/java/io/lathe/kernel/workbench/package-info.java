/**
 * The kernel's way to the workbench: one address, one project token, plain HTTP.
 * It knows the project-scoped API and nothing of notebooks, tables or models; data never comes by a folder's path.
 * Start with {@link io.lathe.kernel.workbench.Workbench}.
 */
@NullMarked
package io.lathe.kernel.workbench;

import org.jspecify.annotations.NullMarked;
