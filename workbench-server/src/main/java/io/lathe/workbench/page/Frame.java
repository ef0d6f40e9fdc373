package io.lathe.workbench.page;

/**
 * What every page has around its content.
 *
 * @param title of the page, for the window
 * @param here which part of the workbench it belongs to: {@code projects}, {@code models}, {@code consumers}, {@code api} or nothing
 * @param csrf token that every form carries; empty where nobody is logged in
 * @param lathe how commands to this workbench are typed
 */
public record Frame(String title, String here, String csrf, TypedCommand lathe) {
    public boolean loggedIn() {
        return !csrf.isEmpty();
    }
}
