package io.lathe.datasets.version;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.store.ByteRange;
import io.lathe.datasets.store.Content;
import io.lathe.datasets.store.Listing;
import io.lathe.datasets.store.ObjectInfo;
import io.lathe.datasets.store.ObjectKey;
import io.lathe.datasets.store.ObjectStore;
import java.io.InputStream;
import java.util.Optional;

/** A store whose process dies, or whose answers are lost, where a test says so. */
final class FaultyObjectStore implements ObjectStore {
    /** Where a commit can be killed. */
    enum Point {
        BEFORE_OBJECT,
        AFTER_OBJECT,
        BEFORE_MANIFEST,
        AFTER_MANIFEST,
        BEFORE_REFERENCE
    }

    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final ObjectStore store;
    private Optional<Point> fault = Optional.empty();
    private boolean losesAnswer;
    private boolean goesAway;
    private boolean away;
    private Runnable beforeDerived = () -> {};

    FaultyObjectStore(ObjectStore store) {
        this.store = store;
    }

    void failAt(Point point) {
        fault = Optional.of(point);
    }

    void heal() {
        fault = Optional.empty();
    }

    void loseAnswerOfNextSwap() {
        losesAnswer = true;
    }

    /** The next swap happens, but its answer is lost and nothing is answered any more. */
    void goAwayDuringNextSwap() {
        losesAnswer = true;
        goesAway = true;
    }

    /** What somebody else does just before derived data is looked for the next time. */
    void beforeNextLookForDerived(Runnable step) {
        beforeDerived = step;
    }

    private void pass(Point point) {
        if (fault.filter(point::equals).isPresent()) {
            throw new Killed();
        }
    }

    @Override
    public boolean putIfAbsent(ObjectKey key, Content content) {
        var object = key.value().startsWith("objects/");
        pass(object ? Point.BEFORE_OBJECT : Point.BEFORE_MANIFEST);
        var put = store.putIfAbsent(key, content);
        pass(object ? Point.AFTER_OBJECT : Point.AFTER_MANIFEST);
        return put;
    }

    @Override
    public Optional<String> compareAndSwap(ObjectKey reference, Optional<String> expectedTag, byte[] content) {
        pass(Point.BEFORE_REFERENCE);
        var tag = store.compareAndSwap(reference, expectedTag, content);
        if (losesAnswer) {
            losesAnswer = false;
            away = goesAway;
            throw new LatheException(ProblemCode.OUTCOME_UNKNOWN, "The answer was lost.");
        }
        return tag;
    }

    @Override
    public Optional<ObjectInfo> find(ObjectKey key) {
        if (away) {
            throw new LatheException(ProblemCode.UNAVAILABLE, "There is no answer.");
        }
        if (key.value().startsWith("derived/")) {
            var step = beforeDerived;
            beforeDerived = () -> {};
            step.run();
        }
        return store.find(key);
    }

    @Override
    public InputStream open(ObjectKey key, ByteRange range) {
        return store.open(key, range);
    }

    @Override
    public Listing list(String prefix, String after, int limit) {
        return store.list(prefix, after, limit);
    }
}
