@NullMarked
package io.lathe.launcher.data;

import org.jspecify.annotations.NullMarked;
