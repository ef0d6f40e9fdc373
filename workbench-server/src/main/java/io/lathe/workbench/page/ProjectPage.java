package io.lathe.workbench.page;

import java.util.List;

/**
 * One project and its notebook server.
 *
 * @param host the project's own host name with port
 * @param files the folder with its files
 */
public record ProjectPage(
        Frame frame,
        String name,
        String template,
        String notebook,
        String host,
        String files,
        When created,
        Server server) {
    /**
     * The notebook server as the page shows it; one template for the page and for each update.
     *
     * @param state wire name; {@code none} when there never was one
     * @param phases the steps of a start, in order
     * @param log what was reported so far, oldest first
     * @param feed address of the live feed after what is shown; empty when nothing will happen
     * @param error why it failed; empty unless it did
     * @param logTail last lines of its output; empty unless it failed
     */
    public record Server(
            String project,
            String csrf,
            String state,
            String pid,
            List<Phase> phases,
            List<Entry> log,
            String feed,
            String error,
            String logTail) {
        public boolean canStart() {
            return switch (state) {
                case "none", "stopped", "failed" -> true;
                default -> false;
            };
        }

        public boolean canOpen() {
            return state.equals("ready");
        }

        public boolean canStop() {
            return switch (state) {
                case "starting", "ready", "unreachable" -> true;
                default -> false;
            };
        }
    }

    /** @param progress {@code done}, {@code now}, {@code failed} or {@code open} */
    public record Phase(String title, String progress) {}

    /** @param time since the first entry, as {@code +1.2 s} */
    public record Entry(String time, String message) {}
}
