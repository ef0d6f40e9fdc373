package io.lathe.workbench.registry;

import java.util.Optional;

/**
 * A model version that was made with a dataset.
 *
 * @param version the model's
 * @param trainedOn dataset version, as {@code penguins@v1}
 * @param evaluatedOn dataset version, as {@code penguins-test@v1}
 */
public record DatasetUse(ModelName model, int version, Optional<String> trainedOn, String evaluatedOn) {}
