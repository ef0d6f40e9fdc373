/**
 * The edge: one Jetty handler in front of everything else, which reads {@code Host}, lets a browser into its project and forwards
 * HTTP and WebSockets to the project's JupyterLab. It must not know how notebook servers are made, nor Javalin, nor pages of the
 * workbench. Start reading at {@link io.lathe.workbench.proxy.ProjectProxy}.
 */
@NullMarked
package io.lathe.workbench.proxy;

import org.jspecify.annotations.NullMarked;
