package io.lathe.workbench.web;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code Cookie} headers. A browser may send one name several times; every value is kept. */
public final class Cookies {
    private Cookies() {}

    /** All values of the cookie with this name, in the order they came. */
    public static List<String> values(@Nullable String header, String name) {
        List<String> values = new ArrayList<>();
        if (header != null) {
            for (String pair : header.split(";")) {
                int equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
                    values.add(pair.substring(equals + 1).strip());
                }
            }
        }
        return values;
    }
}
