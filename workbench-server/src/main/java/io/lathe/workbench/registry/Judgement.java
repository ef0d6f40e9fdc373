package io.lathe.workbench.registry;

import java.util.List;

/**
 * What the gate said.
 *
 * @param outcome {@code promoted}, {@code held} or {@code rejected}
 * @param reasons sentences for people, at least one
 */
public record Judgement(String outcome, List<String> reasons) {
    public Judgement {
        reasons = List.copyOf(reasons);
    }
}
