package io.lathe.workbench.backup;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.store.ContentNames;
import io.lathe.workbench.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Predicate;

/** A data folder as it was unpacked: whether a workbench could work with it. The hashes of a backup's index only say that nothing changed since. */
record RestoredData(Path root, BackupIndex index) {
    private static final String STORE = "store/";
    private static final int STORE_FORMAT = 0;

    /** Why it could not, in words that follow "is no whole backup: "; empty where nothing is wrong. */
    Optional<String> problem() {
        return document("settings.json", RestoredData::areSettings, "settings of this Lathe")
                .or(() -> document("store/config", RestoredData::isStore, "of a store of format " + STORE_FORMAT))
                .or(this::database)
                .or(this::objects);
    }

    private Optional<String> document(String name, Predicate<JsonNode> fits, String what) {
        Path file = root.resolve(name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return fits.test(Json.tree(Files.readString(file)))
                    ? Optional.empty()
                    : Optional.of("its '" + name + "' is not " + what);
        } catch (LatheException | IOException e) {
            return Optional.of("its '" + name + "' is not JSON");
        }
    }

    private static boolean areSettings(JsonNode settings) {
        return settings.path("format").asInt(0) == 0
                && isPort(settings.path("port"))
                && isPort(settings.path("servingPort"))
                && settings.path("provisioner").isTextual();
    }

    private static boolean isStore(JsonNode config) {
        JsonNode format = config.path("format");
        return format.isInt() && format.asInt() == STORE_FORMAT;
    }

    private static boolean isPort(JsonNode port) {
        return port.isInt() && port.asInt() >= 1 && port.asInt() <= 65_535;
    }

    private Optional<String> database() {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + root.resolve("lathe.db"));
                var statement = connection.createStatement()) {
            try (var rows = statement.executeQuery("PRAGMA integrity_check(1)")) {
                if (!rows.next() || !"ok".equals(rows.getString(1))) {
                    return Optional.of("its database 'lathe.db' is damaged");
                }
            }
            try (var rows = statement.executeQuery("SELECT 1 FROM flyway_schema_history WHERE success = 1 LIMIT 1")) {
                return rows.next() ? Optional.empty() : Optional.of("its 'lathe.db' is no workbench's database");
            }
        } catch (SQLException e) {
            return Optional.of("its 'lathe.db' is no workbench's database");
        }
    }

    /** What was unpacked has the hashes of the index, so those need no second look at the bytes. */
    private Optional<String> objects() {
        return index.items().entrySet().stream()
                .filter(item -> item.getKey().startsWith(STORE))
                .filter(item -> ContentNames.findSha256(item.getKey().substring(STORE.length()))
                        .filter(expected -> !expected.equals(item.getValue().sha256()))
                        .isPresent())
                .findFirst()
                .map(item -> "the bytes of '" + item.getKey() + "' are not those that its name says");
    }
}
