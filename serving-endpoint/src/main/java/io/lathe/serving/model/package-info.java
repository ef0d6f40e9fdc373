/**
 * Model versions in memory: loaded, checked, warmed, swapped without a gap, closed once the last request has left.
 * It must not know protocols, tokens or the web server.
 * Start reading at {@link io.lathe.serving.model.Deployment}.
 */
@NullMarked
package io.lathe.serving.model;

import org.jspecify.annotations.NullMarked;
