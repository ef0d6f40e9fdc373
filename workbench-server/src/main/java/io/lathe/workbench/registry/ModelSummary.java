package io.lathe.workbench.registry;

import java.util.OptionalInt;

/**
 * A model in a list.
 *
 * @param production the version in production, if any
 * @param candidate the held version that waits for a decision, if any
 * @param versions how many versions there are
 */
public record ModelSummary(ModelName name, OptionalInt production, OptionalInt candidate, int versions) {}
