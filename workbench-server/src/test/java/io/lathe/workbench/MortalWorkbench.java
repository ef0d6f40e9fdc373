package io.lathe.workbench;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * A workbench in a process of its own that ends like one killed, with nothing tidied up, just before the n-th statement of a
 * publication goes to the database: while it is taken in, and while it is carried through. Arguments: data folder, checkout, n.
 */
public final class MortalWorkbench {
    private MortalWorkbench() {}

    public static void main(String[] arguments) throws InterruptedException {
        int last = Integer.parseInt(arguments[2]);
        AtomicInteger statements = new AtomicInteger();
        App.start(new Options(Path.of(arguments[0]), 0, 0, Path.of(arguments[1])), services -> {
            services.jdbi().setSqlLogger(new SqlLogger() {
                @Override
                public void logBeforeExecution(StatementContext context) {
                    boolean publishing = Thread.currentThread().getName().startsWith("publish-")
                            || String.valueOf(context.getRawSql())
                                    .strip()
                                    .matches("(?s)INSERT INTO (job|publication).*");
                    if (publishing && statements.incrementAndGet() == last) {
                        Runtime.getRuntime().halt(137);
                    }
                }
            });
            return new NoNotebookServers();
        });
        Thread.currentThread().join();
    }
}
