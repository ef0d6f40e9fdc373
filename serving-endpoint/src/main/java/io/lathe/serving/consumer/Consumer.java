package io.lathe.serving.consumer;

import java.util.Set;

/** A program that has shown its token. It knows no models but its own. */
public record Consumer(String name, Set<String> models) {

    public Consumer {
        models = Set.copyOf(models);
    }

    public boolean mayCall(String model) {
        return models.contains(model);
    }
}
