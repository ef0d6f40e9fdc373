package io.lathe.kernel.magic;

import java.util.List;

/** One magic: how it is called and what it does. */
interface Magic {

    Usage usage();

    /** Runs {@code %name args}. The result is shown, and is what an assignment gets. */
    Object line(List<String> args);

    /** Runs {@code %%name args} with the cell below it. */
    default Object cell(List<String> args, String body) {
        throw usage().wrong("%%" + usage().name() + " takes no cell; write %" + usage().name() + " on a line.");
    }
}
