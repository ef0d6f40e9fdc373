@NullMarked
package io.lathe.web;

import org.jspecify.annotations.NullMarked;
