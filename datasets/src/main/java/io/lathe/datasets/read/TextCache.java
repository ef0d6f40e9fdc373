package io.lathe.datasets.read;

import org.jspecify.annotations.Nullable;

/** Gives equal short cells the same String most of the time, so that columns of few values cost little memory. For one thread. */
final class TextCache {
    private static final int SLOTS = 512;
    private static final int LONGEST = 32;

    /** Made for the first text: most columns of a wide file are numbers. */
    private @Nullable String[] slots = {};

    String text(char[] cell, int offset, int length) {
        if (length == 0) {
            return "";
        }
        if (length > LONGEST) {
            return new String(cell, offset, length);
        }
        if (slots.length == 0) {
            slots = new @Nullable String[SLOTS];
        }
        var hash = 0;
        for (var i = offset; i < offset + length; i++) {
            hash = hash * 31 + cell[i];
        }
        var slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
        var cached = slots[slot];
        if (cached != null && equal(cached, cell, offset, length)) {
            return cached;
        }
        var fresh = new String(cell, offset, length);
        slots[slot] = fresh;
        return fresh;
    }

    private static boolean equal(String text, char[] cell, int offset, int length) {
        if (text.length() != length) {
            return false;
        }
        for (var i = 0; i < length; i++) {
            if (text.charAt(i) != cell[offset + i]) {
                return false;
            }
        }
        return true;
    }
}
