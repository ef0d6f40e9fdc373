@NullMarked
package io.lathe.launcher.setup;

import org.jspecify.annotations.NullMarked;
