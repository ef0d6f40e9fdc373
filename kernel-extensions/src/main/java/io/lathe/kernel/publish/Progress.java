package io.lathe.kernel.publish;

/** Is told how a publication gets on. */
public interface Progress {

    /** Nobody looks. */
    Progress NONE = (state, message) -> {};

    /**
     * A step was reached.
     *
     * @param state   the publication's state, one word
     * @param message what happens now
     */
    void step(String state, String message);
}
