@NullMarked
package io.lathe.launcher.demo;

import org.jspecify.annotations.NullMarked;
