package io.lathe.datasets.store;

import java.util.List;

/**
 * One page of names.
 *
 * @param keys in order of their text
 * @param more whether there are names after the last one
 */
public record Listing(List<ObjectKey> keys, boolean more) {
    public Listing {
        keys = List.copyOf(keys);
    }
}
