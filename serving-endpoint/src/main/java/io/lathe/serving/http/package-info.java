/**
 * What every call has in common whatever its protocol: bodies with caps, strict JSON, deadlines, admission, answers.
 * It must not know models, consumers or the web server.
 * Start reading at {@link io.lathe.serving.http.Call}.
 */
@NullMarked
package io.lathe.serving.http;

import org.jspecify.annotations.NullMarked;
