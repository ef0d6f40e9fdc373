package io.lathe.serving.route;

import io.lathe.datasets.problem.LatheException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the workbench's route document on one thread: starts from the last good copy, then long-polls. When the workbench is
 * away it asks again with growing, jittered pauses and what is served goes on.
 */
public final class RouteFollower implements AutoCloseable {

    /** What a new document does. Called on the follower's thread only. */
    public interface Target {
        /** Takes the document over as far as it can be; may take long. */
        Applied apply(RouteDocument document) throws InterruptedException;
    }

    /**
     * @param served the document as it is really served now: aliases whose new version failed still point at the old one
     * @param complete false when something could not be fetched, so that applying again may help
     */
    public record Applied(RouteDocument served, boolean complete) {}

    private static final Logger log = LoggerFactory.getLogger(RouteFollower.class);
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final Duration STOP = Duration.ofMillis(500);
    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;
    private static final long LEAST_MILLIS = 50;

    private final Workbench workbench;
    private final RouteFile file;
    private final Target target;
    private final Thread thread;
    private final CountDownLatch stopped = new CountDownLatch(1);

    private volatile long appliedVersion;
    private volatile boolean reachable;

    public RouteFollower(Workbench workbench, RouteFile file, Target target) {
        this.workbench = workbench;
        this.file = file;
        this.target = target;
        this.thread = Thread.ofPlatform().daemon().name("routes").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** The version of the document that was taken over last; 0 before the first. */
    public long appliedVersion() {
        return appliedVersion;
    }

    /** Whether the last question to the workbench was answered. */
    public boolean workbenchReachable() {
        return reachable;
    }

    @Override
    public void close() {
        stopped.countDown();
        thread.interrupt();
        try {
            if (!thread.join(STOP)) {
                log.warn("The route loop is still loading a model while the endpoint stops");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            start(file.find());
            follow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What goes wrong with the kept document must not end the loop: the workbench's may be better. */
    private void start(Optional<RouteDocument> kept) throws InterruptedException {
        try {
            if (kept.isPresent()) {
                takeOver(kept.get());
            }
        } catch (RuntimeException e) {
            log.error("The kept route document could not be taken over; waiting for the workbench", e);
        }
    }

    private void follow() throws InterruptedException {
        // 0 after every silence: a workbench that comes back may count from another number.
        long after = 0;
        Optional<RouteDocument> unfinished = Optional.empty();
        long pause = FIRST_PAUSE_MILLIS;
        String trouble = "";
        while (!stopped.await(LEAST_MILLIS, TimeUnit.MILLISECONDS)) {
            try {
                Duration wait = unfinished.isPresent() ? Duration.ZERO : WAIT;
                Optional<RouteDocument> news = workbench.findRoutes(after, wait);
                reachable = true;
                trouble = "";
                Optional<RouteDocument> next = news.isPresent() ? news : unfinished;
                if (next.isPresent()) {
                    after = next.get().version();
                    unfinished = takeOver(next.get()) ? Optional.empty() : next;
                }
                pause = unfinished.isPresent() ? rest(pause) : FIRST_PAUSE_MILLIS;
            } catch (LatheException e) {
                reachable = false;
                // Once for each kind of trouble, not at each try.
                if (!String.valueOf(e.getMessage()).equals(trouble)) {
                    log.warn("No routes from the workbench; serving goes on, asking again: {}", e.getMessage());
                    trouble = String.valueOf(e.getMessage());
                }
                after = 0;
                pause = rest(pause);
            } catch (RuntimeException e) {
                log.error("A route document could not be taken over; trying again", e);
                after = 0;
                pause = rest(pause);
            }
        }
    }

    private boolean takeOver(RouteDocument document) throws InterruptedException {
        Applied applied = target.apply(document);
        boolean kept = keep(applied.served());
        appliedVersion = document.version();
        return applied.complete() && kept;
    }

    /** A full disk does not stop what is served; keeping the document is tried again as fetching a bundle is. */
    private boolean keep(RouteDocument served) {
        try {
            file.save(served);
            return true;
        } catch (UncheckedIOException e) {
            log.warn("Version {} of the routes is served, but could not be kept for a restart", served.version(), e);
            return false;
        }
    }

    /** Waits between half and all of the pause, and answers the next, longer one. */
    private long rest(long pause) throws InterruptedException {
        boolean ended =
                stopped.await(ThreadLocalRandom.current().nextLong(pause / 2, pause + 1), TimeUnit.MILLISECONDS);
        return ended ? pause : Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
    }
}
