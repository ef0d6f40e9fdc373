@NullMarked
package io.lathe.launcher;

import org.jspecify.annotations.NullMarked;
