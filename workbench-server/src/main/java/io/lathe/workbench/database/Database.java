package io.lathe.workbench.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;

/** The workbench's SQLite database, migrated to the newest schema when opened. Thread-safe. */
public final class Database implements AutoCloseable {
    private final HikariDataSource source;
    private final Jdbi jdbi;

    private Database(HikariDataSource source) {
        this.source = source;
        this.jdbi = Jdbi.create(source);
    }

    /** Opens the database at {@code file}, making it if it is missing; its folder must exist. */
    public static Database open(Path file) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("lathe-db");
        // Every transaction takes the write lock at its start: a transaction that reads first and writes later would
        // fail with
        // SQLITE_BUSY_SNAPSHOT when another one wrote between.
        config.setJdbcUrl("jdbc:sqlite:" + file.toAbsolutePath()
                + "?journal_mode=WAL&busy_timeout=5000&foreign_keys=on&synchronous=NORMAL&transaction_mode=IMMEDIATE");
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(10_000);
        HikariDataSource source = new HikariDataSource(config);
        try {
            Flyway.configure()
                    .dataSource(source)
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
            return new Database(source);
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    public Jdbi jdbi() {
        return jdbi;
    }

    @Override
    public void close() {
        source.close();
    }
}
