package io.lathe.workbench.serving;

import java.time.Instant;
import java.util.List;

/**
 * A program that may call models.
 *
 * @param models names of the models it may call, at least one, in order
 */
public record Consumer(ConsumerName name, String tokenSha256, List<String> models, Instant createdAt) {
    public Consumer {
        models = List.copyOf(models);
    }
}
