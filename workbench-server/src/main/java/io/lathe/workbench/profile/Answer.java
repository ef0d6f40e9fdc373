package io.lathe.workbench.profile;

/**
 * Something that is computed in the background, as far as it is.
 *
 * @param <T> what it will be
 */
public sealed interface Answer<T> {
    /** It is there. */
    record Ready<T>(T value) implements Answer<T> {}

    /**
     * It is being computed, or waits for its turn.
     *
     * @param read bytes read so far; 0 while it waits
     * @param expected about how many bytes will be read in all, at least 1
     */
    record Running<T>(long read, long expected) implements Answer<T> {
        /** How far it is, 0 to 99. */
        public int percent() {
            return Math.clamp(100 * read / expected, 0, 99);
        }
    }

    /** It cannot be computed; {@code why} is a sentence for people. */
    record Failed<T>(String why) implements Answer<T> {}
}
