package io.lathe.workbench.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import org.jdbi.v3.core.Jdbi;

/** The workbench's SQLite database, migrated to the newest schema when opened. Thread-safe. */
public final class Database implements AutoCloseable {
    private final HikariDataSource source;
    private final Jdbi jdbi;

    private Database(HikariDataSource source) {
        this.source = source;
        this.jdbi = Jdbi.create(source);
    }

    /** @throws io.lathe.datasets.problem.LatheException CONFLICT when there is a database that a newer Lathe made; it is only read */
    public static void refuseNewer(Path file) {
        new Upgrade(file).refuseNewer();
    }

    /**
     * Opens the database at {@code file}, making it if it is missing and upgrading it if it is older; its folder must exist and belong to
     * this process.
     *
     * @throws io.lathe.datasets.problem.LatheException CONFLICT when a newer Lathe made it, INTERNAL when it cannot be upgraded
     */
    public static Database open(Path file) {
        new Upgrade(file).run();
        HikariConfig config = new HikariConfig();
        config.setPoolName("lathe-db");
        // Every transaction takes the write lock at its start: a transaction that reads first and writes later would
        // fail with SQLITE_BUSY_SNAPSHOT when another one wrote between.
        config.setJdbcUrl("jdbc:sqlite:" + file.toAbsolutePath()
                + "?journal_mode=WAL&busy_timeout=5000&foreign_keys=on&synchronous=NORMAL&transaction_mode=IMMEDIATE");
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(10_000);
        return new Database(new HikariDataSource(config));
    }

    public Jdbi jdbi() {
        return jdbi;
    }

    @Override
    public void close() {
        source.close();
    }
}
