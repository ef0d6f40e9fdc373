package io.lathe.workbench.page;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.version.Selector;
import io.lathe.datasets.version.VersionRef;

/**
 * A dataset version that a page names.
 *
 * @param text as {@code orders@v3}
 * @param address of its page; empty where the text names no version by its number
 */
public record DataRef(String text, String address) {
    public static DataRef of(String text) {
        try {
            VersionRef ref = VersionRef.parse(text);
            return new DataRef(
                    text,
                    ref.selector() instanceof Selector.Version(int number)
                            ? "/datasets/" + ref.dataset() + "/versions/" + number
                            : "");
        } catch (LatheException e) {
            // Written down by an older program; it is shown as it is.
            return new DataRef(text, "");
        }
    }
}
