/**
 * Set-up: brings a fresh clone to the point where everything can run, and keeps it there, building only what changed.
 * It is compiled by the shell script before anything else exists, so it knows the JDK and nothing else: no library, no other package of Lathe.
 * Start reading at {@link io.lathe.launcher.setup.Main}, then {@link io.lathe.launcher.setup.Setup}.
 */
@NullMarked
package io.lathe.launcher.setup;

import org.jspecify.annotations.NullMarked;
