/**
 * What the commands that speak of one data folder have in common: the folder, where their words go, how a list is told. It knows no
 * command. Start reading at {@link io.lathe.launcher.command.DataCommand}.
 */
@NullMarked
package io.lathe.launcher.command;

import org.jspecify.annotations.NullMarked;
