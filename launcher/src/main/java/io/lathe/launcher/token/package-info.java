/**
 * The command token: programs that act for the person, each with a token of its own. It knows the workbench's API. Start reading at
 * {@link io.lathe.launcher.token.TokenCommand}.
 */
@NullMarked
package io.lathe.launcher.token;

import org.jspecify.annotations.NullMarked;
