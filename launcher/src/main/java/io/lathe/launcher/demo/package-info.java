/**
 * The command demo: the whole line, from a template to a served prediction, over the same HTTP and WebSockets that a browser uses.
 * It knows the workbench's API, the project's host and Jupyter's protocols, and must not reach around them: no local kernel, no file of the project.
 * Start reading at {@link io.lathe.launcher.demo.Demo}.
 */
@NullMarked
package io.lathe.launcher.demo;

import org.jspecify.annotations.NullMarked;
