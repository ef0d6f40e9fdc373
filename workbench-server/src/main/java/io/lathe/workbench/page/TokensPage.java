package io.lathe.workbench.page;

import java.util.List;

/**
 * The person's tokens for programs.
 *
 * @param roles to choose from, the least first
 * @param added name of the token just made; empty when none was
 * @param secret the token itself, shown only now
 * @param problem why one was not made; empty when nothing went wrong
 * @param typed what was typed so far
 * @param api the workbench's address
 */
public record TokensPage(
        Frame frame,
        List<Row> tokens,
        List<RoleChoice> roles,
        String added,
        String secret,
        String problem,
        Typed typed,
        String api) {
    /** @param days as typed, a number or not */
    public record Typed(String name, String role, String days) {}

    /**
     * @param used as a time in words, or {@code never}
     * @param expired whether it is refused by now
     */
    public record Row(String name, String role, When created, When expires, String used, boolean expired) {}

    /** @param may what it allows, in words */
    public record RoleChoice(String name, String may) {}
}
