package io.lathe.models.bundle;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The entries of a bundle, format 0: all of these, and no other. */
enum BundleEntry {
    MANIFEST("bundle.json", 1 << 20),
    MODEL("model.tribuo", 64 << 20),
    TRANSFORMS("transforms.json", 1 << 20),
    CONTRACT("contract.pbtxt", 1 << 20),
    METRICS("metrics.json", 4 << 20),
    SAMPLES("samples.json", 1 << 20);

    private final String entryName;
    private final int maxBytes;

    BundleEntry(String entryName, int maxBytes) {
        this.entryName = entryName;
        this.maxBytes = maxBytes;
    }

    String entryName() {
        return entryName;
    }

    /** The most bytes it may have once inflated. */
    int maxBytes() {
        return maxBytes;
    }

    static Optional<BundleEntry> find(String entryName) {
        return Arrays.stream(values())
                .filter(entry -> entry.entryName.equals(entryName))
                .findFirst();
    }

    /** All but the manifest, which names these. */
    static List<BundleEntry> described() {
        return Arrays.stream(values()).filter(entry -> entry != MANIFEST).toList();
    }
}
