/**
 * The extension loaded into the Java kernel, and the API a notebook sees.
 * It joins the packages below and holds no logic; what needs the workbench goes through one session made from the environment.
 * Start with {@link io.lathe.kernel.Lathe}.
 */
@NullMarked
package io.lathe.kernel;

import org.jspecify.annotations.NullMarked;
