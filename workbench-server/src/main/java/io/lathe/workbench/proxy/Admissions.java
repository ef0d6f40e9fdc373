package io.lathe.workbench.proxy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Who was let in a moment ago is let in again without asking the database; a page of JupyterLab sends requests by the dozen. It
 * remembers good answers only, for a second, and {@link #forget} makes each of them void at once: also one to a question that was
 * asked before and is answered after. Thread-safe.
 */
final class Admissions {
    private static final Duration MEMORY = Duration.ofSeconds(1);

    /** More callers in one second than a workbench has; beyond that all are asked for anew. */
    private static final int MOST = 4_096;

    private record Admission(long generation, long since) {}

    private final Predicate<Credential> ask;
    private final LongSupplier nanoTime;
    private final Map<Credential, Admission> known = new ConcurrentHashMap<>();
    private final AtomicLong generation = new AtomicLong();

    /**
     * @param ask who is let in, by the database
     * @param nanoTime as {@link System#nanoTime}
     */
    Admissions(Predicate<Credential> ask, LongSupplier nanoTime) {
        this.ask = ask;
        this.nanoTime = nanoTime;
    }

    /** Whether this one may come in, by an answer not older than a second and younger than the last {@link #forget}. */
    boolean admits(Credential credential) {
        long before = generation.get();
        long now = nanoTime.getAsLong();
        Admission admission = known.get(credential);
        if (admission != null && admission.generation() == before && now - admission.since() < MEMORY.toNanos()) {
            return true;
        }
        if (!ask.test(credential)) {
            return false;
        }
        if (known.size() >= MOST) {
            known.clear();
        }
        known.put(credential, new Admission(before, now));
        return true;
    }

    /** Makes every answer so far void. Who revokes something calls this when that is done, and before saying so. */
    void forget() {
        generation.incrementAndGet();
        known.clear();
    }

    int remembered() {
        return known.size();
    }
}
