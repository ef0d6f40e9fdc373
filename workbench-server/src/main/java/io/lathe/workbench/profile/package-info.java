/**
 * What takes a walk through a dataset version's bytes: its statistics and its check against the schema, done in the background so
 * that nobody waits for them. It computes nothing itself: the library {@code datasets} does. Start reading at {@link
 * io.lathe.workbench.profile.Profiles}.
 */
@NullMarked
package io.lathe.workbench.profile;

import org.jspecify.annotations.NullMarked;
