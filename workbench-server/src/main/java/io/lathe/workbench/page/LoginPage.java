package io.lathe.workbench.page;

/**
 * Logging in.
 *
 * @param code of the link that was opened; empty when there is none to use
 * @param problem what is wrong with the link; empty when nothing is
 */
public record LoginPage(Frame frame, String code, String problem) {
    static LoginPage none(Frame frame) {
        return new LoginPage(frame, "", "");
    }

    static LoginPage usable(Frame frame, String code) {
        return new LoginPage(frame, code, "");
    }

    static LoginPage refused(Frame frame) {
        return new LoginPage(
                frame,
                "",
                "This link has been used, or it is older than ten minutes, or it belongs to another workbench.");
    }
}
