package io.lathe.workbench.page;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * Something that did not work.
 *
 * @param wayOn where to go from here
 */
public record ErrorPage(Frame frame, String title, String detail, WayOn wayOn) {
    /**
     * A link to what is nearest and certainly there.
     *
     * @param section the part of the workbench, as its pages name it; empty for none
     */
    public record WayOn(String section, String href, String text) {
        private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]*");
        private static final Map<String, WayOn> SECTIONS = Map.of(
                "projects", new WayOn("projects", "/", "All projects"),
                "datasets", new WayOn("datasets", "/datasets", "All datasets"),
                "models", new WayOn("models", "/models", "All models"),
                "consumers", new WayOn("consumers", "/consumers", "All consumers"),
                "tokens", new WayOn("tokens", "/tokens", "All tokens"));

        /** @param path what was asked for; a path below a thing's own means that something was to be done with that thing */
        static WayOn from(String path) {
            String[] parts = path.split("/", -1);
            WayOn section = SECTIONS.getOrDefault(
                    parts.length > 1 ? parts[1] : "", new WayOn("", "/", "Back to the workbench"));
            boolean ownPage =
                    !section.href().equals("/consumers") && !section.href().equals("/tokens");
            return parts.length > 3
                            && !section.section().isEmpty()
                            && ownPage
                            && NAME.matcher(parts[2]).matches()
                    ? new WayOn(section.section(), "/" + section.section() + "/" + parts[2], "Back to " + parts[2])
                    : section;
        }
    }
}
