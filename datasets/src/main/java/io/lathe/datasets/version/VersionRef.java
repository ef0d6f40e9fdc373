package io.lathe.datasets.version;

/**
 * Names a dataset version: {@code orders@v3}, {@code orders@latest}, {@code orders@gold}.
 *
 * @param dataset which dataset
 * @param selector which of its versions
 */
public record VersionRef(DatasetName dataset, Selector selector) {
    /** Reads {@code orders@v3}; {@code orders} alone is the latest. BAD_REQUEST otherwise. */
    public static VersionRef parse(String text) {
        var at = text.indexOf('@');
        return at < 0
                ? new VersionRef(new DatasetName(text), new Selector.Latest())
                : new VersionRef(new DatasetName(text.substring(0, at)), Selector.parse(text.substring(at + 1)));
    }

    @Override
    public String toString() {
        return dataset + "@" + selector;
    }
}
