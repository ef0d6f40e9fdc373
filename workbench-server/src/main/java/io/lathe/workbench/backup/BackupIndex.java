package io.lathe.workbench.backup;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a backup says of itself, as its entry {@value #ENTRY}: every other entry of the zip is listed here, and nothing else is in it.
 *
 * @param items by path in the data folder; a folder's path ends with a slash
 */
record BackupIndex(int format, Instant createdAt, Map<String, Item> items) {
    static final String ENTRY = "backup.json";
    static final int FORMAT = 0;

    /** One file, or a folder with nothing in it, which has no hash. */
    record Item(long bytes, String sha256, boolean executable) {
        static final Item FOLDER = new Item(0, "", false);
    }

    BackupIndex {
        items = new TreeMap<>(items);
    }

    /** Whether it says of every entry what it must; what was read from a file may leave out anything. */
    boolean isComplete() {
        return format == FORMAT
                && items.values().stream().allMatch(item -> item != null && item.bytes() >= 0 && item.sha256() != null);
    }

    long bytes() {
        return items.values().stream().mapToLong(Item::bytes).sum();
    }
}
