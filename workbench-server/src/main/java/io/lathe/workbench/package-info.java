/**
 * The workbench server.
 */
@NullMarked
package io.lathe.workbench;

import org.jspecify.annotations.NullMarked;
