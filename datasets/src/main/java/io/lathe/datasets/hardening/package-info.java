/**
 * What a server process of Lathe switches off in its own Java before it does anything else. It must not know what the process is for,
 * and takes no settings. Start reading at {@link io.lathe.datasets.hardening.ProcessHardening}.
 */
@NullMarked
package io.lathe.datasets.hardening;

import org.jspecify.annotations.NullMarked;
