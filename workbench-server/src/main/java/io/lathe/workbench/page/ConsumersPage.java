package io.lathe.workbench.page;

import java.util.List;

/**
 * The programs that may call models.
 *
 * @param added name of the consumer just made; empty when none was
 * @param token its token, shown only now
 * @param problem why one was not made; empty when nothing went wrong
 */
public record ConsumersPage(
        Frame frame, List<Row> consumers, List<String> models, String added, String token, String problem) {
    public record Row(String name, String models, When created) {}
}
