package io.lathe.workbench.registry;

import java.util.OptionalInt;

/**
 * A model in a list.
 *
 * @param production the version in production, if any
 * @param versions how many versions there are
 */
public record ModelSummary(ModelName name, OptionalInt production, int versions) {}
