package io.lathe.datasets.statistics;

/** A growing set of 64-bit values without boxes. */
final class LongValues {
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /** What is done with each value. */
    interface Visitor {
        void visit(long value);
    }

    private long[] slots = new long[64];
    private boolean hasZero;
    private int size;

    /** Whether the value is new. */
    boolean add(long value) {
        if (value == 0) {
            var fresh = !hasZero;
            size += fresh ? 1 : 0;
            hasZero = true;
            return fresh;
        }
        if (2 * size >= slots.length) {
            grow();
        }
        var slot = slotOf(value);
        if (slots[slot] == value) {
            return false;
        }
        slots[slot] = value;
        size++;
        return true;
    }

    int size() {
        return size;
    }

    void forEach(Visitor visitor) {
        if (hasZero) {
            visitor.visit(0);
        }
        for (var value : slots) {
            if (value != 0) {
                visitor.visit(value);
            }
        }
    }

    private int slotOf(long value) {
        var mask = slots.length - 1;
        var slot = (int) ((value * SPREAD) >>> 40) & mask;
        while (slots[slot] != 0 && slots[slot] != value) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        var old = slots;
        slots = new long[old.length * 2];
        for (var value : old) {
            if (value != 0) {
                slots[slotOf(value)] = value;
            }
        }
    }
}
