package io.lathe.workbench;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.workbench.database.Database;
import io.lathe.workbench.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks at a data folder before anything in it is touched: one that a newer Lathe wrote is refused. */
final class DataFormat {
    /** The newest formats that this Lathe writes; a file without one is of format 0. */
    private static final int STORE = 0;

    private static final int SETTINGS = 0;

    private DataFormat() {}

    /** @throws LatheException CONFLICT naming what was found and what to do */
    static void refuseNewer(Path data) {
        refuseNewer(data.resolve("settings.json"), SETTINGS);
        refuseNewer(data.resolve("store/config"), STORE);
        Database.refuseNewer(data.resolve("lathe.db"));
    }

    private static void refuseNewer(Path file, int newest) {
        if (!Files.exists(file)) {
            return;
        }
        JsonNode format = read(file).path("format");
        if (format.asInt(0) > newest) {
            throw new LatheException(
                    ProblemCode.CONFLICT,
                    file + " is of a newer Lathe: it has format " + format.asInt() + ", this one knows format " + newest
                            + ". Use the Lathe that made it or a newer one, or choose another folder with --data. Nothing was changed.");
        }
    }

    private static JsonNode read(Path file) {
        try {
            return Json.tree(Files.readString(file));
        } catch (IOException | LatheException e) {
            throw new LatheException(
                    ProblemCode.CONFLICT,
                    file + " cannot be read: " + e.getMessage()
                            + ". Restore a backup (./lathe restore), or choose another folder with --data.",
                    e);
        }
    }
}
