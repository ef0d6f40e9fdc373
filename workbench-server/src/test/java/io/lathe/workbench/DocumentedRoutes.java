package io.lathe.workbench;

import io.lathe.workbench.access.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of routes in {@code docs/security.md}: what a person reads is what the tests expect. */
final class DocumentedRoutes {
    private static final Pattern ROW = Pattern.compile("\\| `([A-Z]+) (/\\S*)` \\| ([a-z, -]+) \\|");

    private static final List<String> ROLES =
            Arrays.stream(Role.values()).map(Role::wireName).toList();

    private DocumentedRoutes() {}

    /** One row: who may call it, in the document's words. */
    record Row(String method, String path, Set<String> callers) {
        /** A role may do what the roles below it may. */
        boolean allows(String caller) {
            int rank = ROLES.indexOf(caller);
            return callers.contains("everybody")
                    || callers.contains(caller)
                    || ROLES.subList(0, rank + 1).stream().anyMatch(callers::contains);
        }

        boolean changes() {
            return !method.equals("GET") && !method.equals("HEAD");
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static List<Row> ofWorkbench() {
        String document = read();
        String part = document.substring(
                document.indexOf("### Routes of the workbench"),
                document.indexOf("### Routes of the serving endpoint"));
        return part.lines()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row ->
                        new Row(row.group(1), row.group(2), Set.of(row.group(3).split(", "))))
                .toList();
    }

    private static String read() {
        try {
            return Files.readString(Path.of("..", "docs", "security.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
