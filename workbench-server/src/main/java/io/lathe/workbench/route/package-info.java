/**
 * The route document: what the serving endpoint should serve, as one numbered answer. It must not know who asks. Start reading at
 * {@link io.lathe.workbench.route.RouteDocuments}.
 */
@NullMarked
package io.lathe.workbench.route;

import org.jspecify.annotations.NullMarked;
