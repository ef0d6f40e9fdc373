/**
 * How values look in a notebook: one class per kind of value turns it into a {@link io.lathe.kernel.document.Document}.
 * It knows the values of the libraries, not where they came from, and never asks the workbench anything.
 * Start with {@link io.lathe.kernel.display.Displays}, which tells the kernel about them.
 */
@NullMarked
package io.lathe.kernel.display;

import org.jspecify.annotations.NullMarked;
