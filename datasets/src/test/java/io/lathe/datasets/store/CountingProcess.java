package io.lathe.datasets.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;

/** Counts a reference up by compare-and-swap; started as a process of its own. */
final class CountingProcess {
    static final ObjectKey COUNTER = new ObjectKey("refs/counter");
    static final int TIMES = 50;

    private CountingProcess() {}

    public static void main(String[] arguments) {
        count(new FolderObjectStore(Path.of(arguments[0])));
    }

    static void count(ObjectStore store) {
        for (var done = 0; done < TIMES; ) {
            var before = store.find(COUNTER).map(ObjectInfo::tag);
            var count = before.isPresent() ? Integer.parseInt(new String(store.readAll(COUNTER, 10), UTF_8)) : 0;
            if (store.compareAndSwap(
                            COUNTER, before, Integer.toString(count + 1).getBytes(UTF_8))
                    .isPresent()) {
                done++;
            }
        }
    }
}
