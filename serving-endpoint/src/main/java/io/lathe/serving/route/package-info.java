/**
 * What to serve: the numbered route document, its last good copy on disk, the loop that pulls it, the bundles it names.
 * It must not know protocols or how a bundle becomes a model.
 * Start reading at {@link io.lathe.serving.route.RouteFollower}.
 */
@NullMarked
package io.lathe.serving.route;

import org.jspecify.annotations.NullMarked;
