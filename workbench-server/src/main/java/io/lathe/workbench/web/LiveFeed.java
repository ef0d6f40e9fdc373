package io.lathe.workbench.web;

import io.javalin.http.Context;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import io.lathe.workbench.event.JobEvent;
import io.lathe.workbench.event.JobId;
import io.lathe.workbench.event.Jobs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/**
 * Sends a job's events to a browser or program as Server-Sent Events: what happened so far (or since {@code Last-Event-ID}, or since
 * the query parameter {@code after} of a page that shows the rest already), then what happens, then {@code event: end} when the job is finished. A client holds one thread and no queue: events are read from the
 * log as fast as the client takes them. Who is not signed in any more is sent nothing more: that is looked at before anything is sent, each
 * ten seconds at least, and at once after {@link Jobs#nudge}. Thread-safe.
 */
public final class LiveFeed {
    /** An event's number, as a regular expression of the whole text. */
    public static final String NUMBER = "[0-9]{1,9}";

    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final int PAGE = 100;
    private static final int MOST_CLIENTS = 200;

    private final Jobs jobs;
    private final Predicate<Context> mayGoOn;
    private final Semaphore seats = new Semaphore(MOST_CLIENTS);

    /** @param mayGoOn whether who sent a request is still who it was then */
    public LiveFeed(Jobs jobs, Predicate<Context> mayGoOn) {
        this.jobs = jobs;
        this.mayGoOn = mayGoOn;
    }

    /** Returns when the job is finished, the client is gone or not signed in any more, or the workbench stops. */
    public void stream(Context ctx, JobId job) throws IOException {
        String header = ctx.header("Last-Event-ID");
        int asked = Body.query(ctx, "after", 0, 0, Integer.MAX_VALUE);
        int after = header == null ? asked : lastSeen(header);
        if (!seats.tryAcquire()) {
            throw new LatheException(
                    ProblemCode.UNAVAILABLE,
                    "Too many live feeds are open (" + MOST_CLIENTS + "); close a page and reload.");
        }
        try {
            ctx.disableCompression();
            ctx.res().setStatus(200);
            ctx.res().setContentType("text/event-stream;charset=utf-8");
            ctx.res().setHeader("Cache-Control", "no-store");
            ctx.res().setHeader("X-Accel-Buffering", "no");
            send(ctx, job, after);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            seats.release();
        }
    }

    private void send(Context ctx, JobId job, int after) throws IOException, InterruptedException {
        OutputStream out = ctx.res().getOutputStream();
        String ownerId = Gate.ownerId(ctx);
        int last = after;
        out.write(": connected\n\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
        while (!jobs.isClosed()) {
            List<JobEvent> events = jobs.await(ownerId, job, last, PAGE, HEARTBEAT);
            if (!mayGoOn.test(ctx)) {
                out.write(": not signed in any more\n\n".getBytes(StandardCharsets.UTF_8));
                return;
            }
            StringBuilder text = new StringBuilder();
            for (JobEvent event : events) {
                text.append("id: ").append(event.number()).append('\n');
                text.append("event: ").append(event.type()).append('\n');
                text.append("data: ").append(event.data()).append("\n\n");
                last = event.number();
            }
            boolean end = events.isEmpty() && jobs.isFinished(ownerId, job);
            if (end) {
                text.append("event: end\ndata: {}\n\n");
            } else if (events.isEmpty()) {
                text.append(": still here\n\n");
            }
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
            out.flush();
            if (end) {
                return;
            }
        }
    }

    private static int lastSeen(String number) {
        if (!number.matches(NUMBER)) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "Last-Event-ID '" + Shown.of(number)
                            + "' is not the number of an event; send one, or leave it out.");
        }
        return Integer.parseInt(number);
    }
}
