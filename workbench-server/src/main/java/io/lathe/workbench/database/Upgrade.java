package io.lathe.workbench.database;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreMigrationType;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * Brings a database file to this workbench's schema. An older one is upgraded in a copy that takes its place when it is whole, so that
 * whatever happens meanwhile leaves the old one as it was; it stays beside as {@code lathe.db.before-V<n>}. A newer one is refused.
 */
record Upgrade(Path file) {
    private static final Logger LOG = LoggerFactory.getLogger(Upgrade.class);

    /** @throws LatheException CONFLICT when the database is of a newer Lathe, or is none; it is only read */
    void refuseNewer() {
        if (Files.exists(file)) {
            refuseNewer(info());
        }
    }

    private void refuseNewer(MigrationInfoService migrations) {
        Optional<MigrationVersion> newest = Arrays.stream(migrations.applied())
                .filter(migration -> isUnknown(migration.getState()))
                .map(MigrationInfo::getVersion)
                .max(MigrationVersion::compareTo);
        if (newest.isPresent()) {
            throw new LatheException(
                    ProblemCode.CONFLICT,
                    "The database " + file + " is of a newer Lathe: it has schema V" + newest.get()
                            + ", this one knows V"
                            + known(migrations)
                            + ". Use the Lathe that made it or a newer one, or choose another folder with --data. Nothing was changed.");
        }
    }

    /**
     * Makes a missing database and upgrades an older one. Only one process may do this at a time.
     *
     * @throws LatheException CONFLICT as {@link #refuseNewer}; INTERNAL when the upgrade fails, which leaves the database as it was
     */
    void run() {
        if (!Files.exists(file)) {
            flyway(writing(file)).migrate();
            return;
        }
        MigrationInfoService migrations = info();
        refuseNewer(migrations);
        if (migrations.pending().length == 0) {
            return;
        }
        String from = Optional.ofNullable(migrations.current())
                .map(MigrationInfo::getVersion)
                .map(version -> "V" + version)
                .orElse("an empty one");
        String to = "V" + known(migrations);
        Path kept = file.resolveSibling(file.getFileName() + ".before-" + to);
        Path making = file.resolveSibling(file.getFileName() + ".upgrading");
        try {
            mergeLog();
            copy(file, kept);
            copy(file, making);
            flyway(writing(making)).migrate();
            force(making);
            Files.move(making, file, StandardCopyOption.ATOMIC_MOVE);
            LOG.info("The database was upgraded from {} to {}; {} is as it was before", from, to, kept);
        } catch (FlywayException | IOException e) {
            throw new LatheException(
                    ProblemCode.INTERNAL,
                    "The database " + file + " could not be upgraded from " + from + " to " + to + " and is as it was: "
                            + firstLine(e) + " Go on with the Lathe that made it, and report this.",
                    e);
        }
    }

    /** A database left by a killed workbench has its last changes in a file of its own; they must not be left behind. */
    private void mergeLog() throws IOException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (SQLException e) {
            throw new IOException("its write-ahead log cannot be merged: " + e.getMessage(), e);
        }
        if (Files.exists(log())) {
            throw new IOException("its write-ahead log " + log() + " is in use by another program.");
        }
    }

    private MigrationInfoService info() {
        try {
            return flyway(reading()).info();
        } catch (FlywayException e) {
            throw new LatheException(
                    ProblemCode.CONFLICT,
                    "The database " + file + " cannot be read: " + firstLine(e)
                            + " Restore a backup (./lathe restore), or choose another folder with --data.",
                    e);
        }
    }

    /** Without a log the file is all there is, and SQLite can be told to make none beside it either. */
    private SQLiteDataSource reading() {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(5_000);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + (Files.exists(log()) ? file : file.toUri() + "?immutable=1"));
        return source;
    }

    private static SQLiteDataSource writing(Path database) {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + database);
        return source;
    }

    private static Flyway flyway(SQLiteDataSource source) {
        return Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration")
                .load();
    }

    private Path log() {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    private static boolean isUnknown(MigrationState state) {
        return state.isApplied() && !state.isResolved();
    }

    private static String known(MigrationInfoService migrations) {
        return Arrays.stream(migrations.all())
                .filter(migration -> migration.getState().isResolved())
                .filter(migration -> migration.getType() == CoreMigrationType.SQL)
                .map(MigrationInfo::getVersion)
                .max(MigrationVersion::compareTo)
                .map(MigrationVersion::toString)
                .orElseThrow(() -> new IllegalStateException("This jar lacks its migrations"));
    }

    /** Whole or not at all. */
    private static void copy(Path from, Path to) throws IOException {
        Path fresh = to.resolveSibling(to.getFileName() + ".new");
        Files.copy(from, fresh, StandardCopyOption.REPLACE_EXISTING);
        force(fresh);
        Files.move(fresh, to, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void force(Path path) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + path + " to the disk", e);
        }
    }

    private static String firstLine(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("") + ".";
    }
}
