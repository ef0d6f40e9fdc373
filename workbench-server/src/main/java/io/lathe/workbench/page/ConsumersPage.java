package io.lathe.workbench.page;

import java.util.List;
import java.util.Set;

/**
 * The programs that may call models.
 *
 * @param added name of the consumer just made; empty when none was
 * @param token its token, shown only now
 * @param problem why one was not made; empty when nothing went wrong
 * @param name what was typed so far
 * @param chosen the models that were chosen so far; with a token, those it is good for
 */
public record ConsumersPage(
        Frame frame,
        List<Row> consumers,
        List<String> models,
        String added,
        String token,
        String problem,
        String name,
        Set<String> chosen) {
    public record Row(String name, String models, When created) {}
}
