package io.lathe.workbench.page;

import io.lathe.workbench.registry.DatasetUse;
import java.util.List;

/** The model versions that a dataset version was used for, as pages name them. */
public record Uses(List<One> trained, List<One> evaluated) {
    public record One(String model, int version) {}

    static Uses of(List<DatasetUse> uses, String ref) {
        return new Uses(
                uses.stream()
                        .filter(use -> use.trainedOn().filter(ref::equals).isPresent())
                        .map(Uses::one)
                        .toList(),
                uses.stream()
                        .filter(use -> use.evaluatedOn().equals(ref))
                        .map(Uses::one)
                        .toList());
    }

    private static One one(DatasetUse use) {
        return new One(use.model().value(), use.version());
    }

    public boolean isEmpty() {
        return trained.isEmpty() && evaluated.isEmpty();
    }
}
