package io.lathe.workbench.publication;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One run of a publication as who cancels it sees it: its thread is interrupted only while it waits for something that may be cut
 * short, never while it writes. Thread-safe.
 */
final class Interruptible {
    interface Waiting {
        void run() throws InterruptedException;
    }

    interface Asking<T> {
        T call() throws InterruptedException;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Thread waiting;
    private boolean interrupted;

    void run(Waiting work) throws InterruptedException {
        call(() -> {
            work.run();
            return true;
        });
    }

    /** @throws InterruptedException when {@link #interrupt} was called before or while this waits */
    <T> T call(Asking<T> work) throws InterruptedException {
        begin();
        try {
            return work.call();
        } finally {
            end();
        }
    }

    private void begin() throws InterruptedException {
        lock.lock();
        try {
            if (interrupted) {
                throw new InterruptedException("cancelled before it was waited for");
            }
            waiting = Thread.currentThread();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            waiting = null;
        } finally {
            lock.unlock();
        }
    }

    void interrupt() {
        lock.lock();
        try {
            interrupted = true;
            if (waiting != null) {
                waiting.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }
}
