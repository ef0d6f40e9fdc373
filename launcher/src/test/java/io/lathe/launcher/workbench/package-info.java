@NullMarked
package io.lathe.launcher.workbench;

import org.jspecify.annotations.NullMarked;
