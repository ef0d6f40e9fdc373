package io.lathe.workbench.backup;

import io.lathe.datasets.problem.LatheException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * The workbench's program in its other modes: {@code backup DIR FILE} and {@code restore FILE DIR}, each a process of its own beside a
 * workbench that may run. Results go to standard output, progress to standard error.
 */
public final class BackupMode {
    private BackupMode() {}

    /** Whether the program was started in one of these modes. */
    public static boolean isMeant(String... arguments) {
        return arguments.length == 3 && (arguments[0].equals("backup") || arguments[0].equals("restore"));
    }

    /** Runs it to its end; a process that is asked to end meanwhile leaves nothing half made. */
    public static int run(String... arguments) {
        Consumer<String> lines = line -> System.err.println("lathe: " + line);
        try {
            if (arguments[0].equals("backup")) {
                Path file = Path.of(arguments[2]);
                Backup backup = new Backup(Path.of(arguments[1]), file, Clock.systemUTC(), lines);
                long bytes = cleanly(backup::make, backup::removeLeftOvers);
                lines.accept("backed up " + arguments[1] + ": " + BackupProgress.amount(bytes) + " in a file of "
                        + BackupProgress.amount(file.toFile().length()));
                System.out.println(file.toAbsolutePath().normalize());
            } else {
                Path data = Path.of(arguments[2]);
                Restore restore = new Restore(Path.of(arguments[1]), data, lines);
                long bytes = cleanly(restore::run, restore::removeLeftOvers);
                lines.accept("restored " + BackupProgress.amount(bytes)
                        + "; logged-in browsers and running notebook servers were not part of it");
                System.out.println(data.toAbsolutePath().normalize());
            }
            return 0;
        } catch (LatheException e) {
            lines.accept(String.valueOf(e.getMessage()));
            return e.code().exitCode();
        } catch (InvalidPathException e) {
            lines.accept("'" + e.getInput() + "' cannot be a file's name here: " + e.getReason()
                    + ". Run with a locale of UTF-8, for example LC_ALL=C.UTF-8.");
            return 2;
        }
    }

    private interface Work {
        long run();
    }

    private static long cleanly(Work work, Runnable removeLeftOvers) {
        Thread atExit = new Thread(removeLeftOvers, "clean-up");
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            return work.run();
        } finally {
            Runtime.getRuntime().removeShutdownHook(atExit);
        }
    }
}
