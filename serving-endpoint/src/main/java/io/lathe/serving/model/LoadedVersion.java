package io.lathe.serving.model;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A version that answers, counted by its holders: the deployment holds it once while it is listed, each request while it is in
 * work. The last one to let go closes the model. Thread-safe.
 */
public final class LoadedVersion {

    private final int number;
    private final String bundle;
    private final ServedModel model;
    private final AtomicInteger holders = new AtomicInteger(1);

    LoadedVersion(int number, String bundle, ServedModel model) {
        this.number = number;
        this.bundle = bundle;
        this.model = model;
    }

    public int number() {
        return number;
    }

    String bundle() {
        return bundle;
    }

    public ServedModel model() {
        return model;
    }

    /** False when the version has been closed or is about to be. */
    boolean hold() {
        return holders.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
    }

    void letGo() {
        if (holders.decrementAndGet() == 0) {
            model.close();
        }
    }
}
