/**
 * The rules of ARCHITECTURE.md as tests: who may know whom, no cycles, null-marked packages. They read compiled classes only and start nothing.
 * A new rule belongs here when a reviewer has said it twice. Start with {@code ModuleBoundariesTest}.
 */
@NullMarked
package io.lathe.product.architecture;

import org.jspecify.annotations.NullMarked;
