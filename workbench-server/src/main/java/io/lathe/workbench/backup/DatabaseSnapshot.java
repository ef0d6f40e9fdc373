package io.lathe.workbench.backup;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The database as it was at one moment, also while a workbench writes to it. What lets somebody in is taken out: browsers' sessions, login
 * links, kernels' tokens, notebook servers' secrets. Hashes of tokens that programs keep (consumers, personal tokens) stay.
 *
 * @param projects names of the projects there were
 * @param bundles the bundles that model versions name
 */
record DatabaseSnapshot(List<String> projects, List<String> bundles) {
    private static final int BUSY_MILLIS = 20_000;

    private static final List<String> SECRETS = List.of(
            "DELETE FROM project_session",
            "DELETE FROM session",
            "DELETE FROM login_link",
            "DELETE FROM project_token",
            "UPDATE job SET finished_at = created_at WHERE finished_at IS NULL AND kind = 'server'",
            "UPDATE notebook_server SET pid = NULL, url = NULL, secret = NULL, details = NULL,"
                    + " state = CASE WHEN state = 'failed' THEN state ELSE 'stopped' END");

    DatabaseSnapshot {
        projects = List.copyOf(projects);
        bundles = List.copyOf(bundles);
    }

    /** Writes it to a file that must not exist. */
    static DatabaseSnapshot write(Path database, Path to) {
        try {
            try (Connection source = open(database);
                    Statement statement = source.createStatement()) {
                statement.execute("PRAGMA busy_timeout = " + BUSY_MILLIS);
                statement.execute("VACUUM INTO '" + to.toString().replace("'", "''") + "'");
            }
            try (Connection snapshot = open(to);
                    Statement statement = snapshot.createStatement()) {
                statement.execute("PRAGMA secure_delete = ON");
                statement.execute("PRAGMA journal_mode = DELETE");
                for (String sql : SECRETS) {
                    statement.execute(sql);
                }
                return new DatabaseSnapshot(
                        column(statement, "SELECT name FROM project ORDER BY name"),
                        column(statement, "SELECT DISTINCT bundle FROM model_version ORDER BY bundle"));
            }
        } catch (SQLException e) {
            throw new LatheException(
                    ProblemCode.UNAVAILABLE,
                    "The database " + database + " cannot be copied to " + to + ": " + e.getMessage()
                            + ". Check the space there and the folder's rights.",
                    e);
        }
    }

    private static Connection open(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    private static List<String> column(Statement statement, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
