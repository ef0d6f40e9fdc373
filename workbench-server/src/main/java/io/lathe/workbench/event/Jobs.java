package io.lathe.workbench.event;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The event logs of all jobs: appended to by who does the work, replayed from any point by who watches it. Logs outlive the
 * workbench. Thread-safe.
 */
public final class Jobs {
    private final Jdbi jdbi;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private int nudges; // guarded by lock
    private volatile boolean closed;

    public Jobs(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * Opens a log.
     *
     * @param ownerId account the job works for
     * @param kind {@code server}, {@code publication}
     * @param subject what it works on, for people: a project's or a model's name
     */
    public JobId start(String ownerId, String kind, String subject) {
        return jdbi.withHandle(handle -> start(handle, ownerId, kind, subject));
    }

    /** As {@link #start(String, String, String)}, within the transaction of {@code handle}. */
    public JobId start(Handle handle, String ownerId, String kind, String subject) {
        JobId id = JobId.fresh();
        handle.execute(
                "INSERT INTO job (id, owner_id, kind, subject, created_at) VALUES (?, ?, ?, ?, ?)",
                id.value(),
                ownerId,
                kind,
                subject,
                clock.millis());
        return id;
    }

    /**
     * Appends an event and wakes everybody who waits for news.
     *
     * @param data a JSON document without line breaks
     * @throws LatheException NOT_FOUND when there is no such job; CONFLICT when it is finished
     */
    public JobEvent append(JobId job, String type, String data) {
        JobEvent event = jdbi.inTransaction(handle -> append(handle, job, type, data));
        announce();
        return event;
    }

    /** Appends the last event of a job: who watches is told that nothing follows. */
    public JobEvent finish(JobId job, String type, String data) {
        JobEvent event = jdbi.inTransaction(handle -> finish(handle, job, type, data));
        announce();
        return event;
    }

    /**
     * As {@link #append(JobId, String, String)}, within the transaction of {@code handle}, so that what happened and the log of it
     * are kept both or neither. Call {@link #announce} after the commit.
     */
    public JobEvent append(Handle handle, JobId job, String type, String data) {
        Instant at = clock.instant();
        requireOpen(handle, job);
        int number = handle.createQuery("SELECT COALESCE(MAX(number), 0) + 1 FROM job_event WHERE job_id = :job")
                .bind("job", job.value())
                .mapTo(Integer.class)
                .one();
        handle.execute(
                "INSERT INTO job_event (job_id, number, at, type, data) VALUES (?, ?, ?, ?, ?)",
                job.value(),
                number,
                at.toEpochMilli(),
                type,
                data);
        return new JobEvent(job, number, at, type, data);
    }

    /** As {@link #finish(JobId, String, String)}, within the transaction of {@code handle}. Call {@link #announce} after the commit. */
    public JobEvent finish(Handle handle, JobId job, String type, String data) {
        JobEvent event = append(handle, job, type, data);
        handle.execute("UPDATE job SET finished_at = ? WHERE id = ?", event.at().toEpochMilli(), job.value());
        return event;
    }

    private static void requireOpen(Handle handle, JobId job) {
        boolean finished = handle.createQuery("SELECT finished_at IS NOT NULL FROM job WHERE id = :job")
                .bind("job", job.value())
                .mapTo(Boolean.class)
                .findOne()
                .orElseThrow(() -> new LatheException(ProblemCode.NOT_FOUND, "There is no job " + job + "."));
        if (finished) {
            throw new LatheException(
                    ProblemCode.CONFLICT,
                    "Job " + job + " is finished; nothing can happen to it any more. Start another.");
        }
    }

    /** The events numbered above {@code after}, oldest first, at most {@code limit} of them; none of another account's job. */
    public List<JobEvent> read(String ownerId, JobId job, int after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT number, at, type, data FROM job_event
                        WHERE job_id = (SELECT id FROM job WHERE id = :job AND owner_id = :owner) AND number > :after
                        ORDER BY number LIMIT :limit""")
                .bind("job", job.value())
                .bind("owner", ownerId)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> new JobEvent(
                        job,
                        row.getInt("number"),
                        Instant.ofEpochMilli(row.getLong("at")),
                        row.getString("type"),
                        row.getString("data")))
                .list());
    }

    /** Whether nothing will be appended any more; true too for a job that the account does not have. */
    public boolean isFinished(String ownerId, JobId job) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT finished_at IS NOT NULL FROM job WHERE id = :job AND owner_id = :owner")
                .bind("job", job.value())
                .bind("owner", ownerId)
                .mapTo(Boolean.class)
                .findOne()
                .orElse(true));
    }

    /**
     * As {@link #read}, but waits until there is an event, the job is finished, {@code patience} is over, somebody calls {@link #nudge}
     * or the workbench stops; the answer is empty then.
     */
    public List<JobEvent> await(String ownerId, JobId job, int after, int limit, Duration patience)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        lock.lock();
        try {
            int before = nudges;
            while (true) {
                List<JobEvent> events = read(ownerId, job, after, limit);
                long left = deadline - System.nanoTime();
                if (!events.isEmpty() || left <= 0 || closed || nudges != before || isFinished(ownerId, job)) {
                    return events;
                }
                // The log is read under the lock that appending signals with, so no event slips between reading and
                // waiting.
                if (!news.await(left, TimeUnit.NANOSECONDS)) {
                    return read(ownerId, job, after, limit);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether the workbench is stopping, so that nobody should wait for news any more. */
    public boolean isClosed() {
        return closed;
    }

    /** Sends everybody home who waits for news; appending still works. */
    public void close() {
        closed = true;
        announce();
    }

    /** Has everybody who waits for news return now, so that they look whether they still may. */
    public void nudge() {
        lock.lock();
        try {
            nudges++;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Wakes everybody who waits for news. */
    public void announce() {
        lock.lock();
        try {
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
