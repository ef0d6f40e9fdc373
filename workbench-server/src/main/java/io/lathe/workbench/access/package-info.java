/**
 * Who is calling, and what proves it: login links, sessions, tickets, tokens, host names. It knows projects by id and name only, and
 * nothing of HTTP frameworks. Start reading at {@link io.lathe.workbench.access.Identity} and {@link
 * io.lathe.workbench.access.Authenticator}.
 */
@NullMarked
package io.lathe.workbench.access;

import org.jspecify.annotations.NullMarked;
