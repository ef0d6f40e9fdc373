package io.lathe.workbench.registry;

import java.util.OptionalInt;

/**
 * An alias that moved.
 *
 * @param from the version it pointed at before, if any
 */
public record AliasMove(Alias alias, OptionalInt from, int to) {}
