package io.lathe.serving.model;

import io.lathe.serving.route.RouteDocument;

/** Makes a model ready to serve from the bundle a version names. */
@FunctionalInterface
public interface ModelLoader {

    /**
     * Fetches, verifies, loads, checks and warms. Throws LatheException: UNAVAILABLE when a later try may succeed, another code
     * when the bundle itself is at fault; the message goes to the status page, so it holds no path and no secret.
     */
    ServedModel load(RouteDocument.Version version) throws InterruptedException;
}
