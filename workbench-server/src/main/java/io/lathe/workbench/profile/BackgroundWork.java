package io.lathe.workbench.profile;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.store.ObjectStore;
import io.lathe.datasets.version.Datasets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One piece of work after the other, each under a name, with a bounded queue, a deadline and a bounded memory of how they ended.
 * Thread-safe.
 *
 * @param <T> what each piece of work makes
 */
final class BackgroundWork<T> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundWork.class);
    private static final int MOST_WAITING = 32;
    private static final int MOST_REMEMBERED = 64;

    private final class Run {
        private final WatchedStore store;
        private final long expected;
        private @Nullable Answer<T> end; // guarded by BackgroundWork.this

        Run(long expected) {
            this.store = new WatchedStore(source, longest);
            this.expected = Math.max(1, expected);
        }

        Answer<T> answer() {
            Answer<T> ended = end;
            return ended == null ? new Answer.Running<>(store.read(), expected) : ended;
        }
    }

    private final ObjectStore source;
    private final Clock clock;
    private final Duration longest;
    private final ThreadPoolExecutor worker;
    private final Map<String, Run> runs = new LinkedHashMap<>(); // guarded by this

    /** @param longest how long one piece of work may take from when it was asked for */
    BackgroundWork(ObjectStore source, Clock clock, Duration longest, String name) {
        this.source = source;
        this.clock = clock;
        this.longest = longest;
        this.worker = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING),
                Thread.ofPlatform().name(name).daemon().factory());
    }

    /**
     * How far the work of this name is; begins it when it is not known. Where too many others wait it does not begin yet: ask again.
     *
     * @param expected about how many bytes it reads
     */
    synchronized Answer<T> ask(String name, long expected, Function<Datasets, T> work) {
        Run known = runs.get(name);
        if (known != null) {
            return known.answer();
        }
        Run run = new Run(expected);
        try {
            worker.execute(() -> end(run, carryOut(name, run, work)));
        } catch (RejectedExecutionException e) {
            return run.answer();
        }
        runs.put(name, run);
        forgetOldest();
        return run.answer();
    }

    /** Forgets that it failed, so that asking begins it anew. */
    synchronized void forgetFailure(String name) {
        Run run = runs.get(name);
        if (run != null && run.answer() instanceof Answer.Failed) {
            runs.remove(name);
        }
    }

    private void forgetOldest() {
        var each = runs.values().iterator();
        while (runs.size() > MOST_REMEMBERED && each.hasNext()) {
            if (each.next().end != null) {
                each.remove();
            }
        }
    }

    private synchronized void end(Run run, Answer<T> answer) {
        run.end = answer;
    }

    private Answer<T> carryOut(String name, Run run, Function<Datasets, T> work) {
        try {
            return new Answer.Ready<>(work.apply(new Datasets(run.store, clock)));
        } catch (LatheException e) {
            return new Answer.Failed<>(String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            LOG.error("Work on {} failed", name, e);
            return new Answer.Failed<>(
                    "Something in Lathe broke; workbench.log in the data folder's logs/ has the details.");
        }
    }

    /** Ends what runs at its next read and begins nothing more. */
    @Override
    public void close() {
        // Not interrupted: that would close files in the middle of a read, which looks like a broken disk.
        worker.shutdown();
        worker.getQueue().clear();
        synchronized (this) {
            runs.values().forEach(run -> run.store.cancel());
        }
    }
}
