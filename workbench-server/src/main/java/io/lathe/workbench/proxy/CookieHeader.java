package io.lathe.workbench.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** The {@code Cookie} header as browsers write it: read leniently, its other parts kept byte for byte. */
final class CookieHeader {
    /** Names that start so are ours: a notebook server neither sees nor sets them. */
    private static final String OURS = "lathe_";

    private CookieHeader() {}

    /** Every value sent under the name, in the order sent. */
    static List<String> values(HttpFields headers, String name) {
        List<String> values = new ArrayList<>();
        for (String header : headers.getValuesList(HttpHeader.COOKIE)) {
            for (String pair : header.split(";")) {
                int equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
                    values.add(unquoted(pair.substring(equals + 1).strip()));
                }
            }
        }
        return values;
    }

    /** The header's text without our cookies; empty when nothing is left. */
    static Optional<String> withoutOurs(String header) {
        List<String> kept = new ArrayList<>();
        for (String pair : header.split(";")) {
            String trimmed = pair.strip();
            if (!trimmed.isEmpty() && !isOurs(trimmed)) {
                kept.add(trimmed);
            }
        }
        return kept.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", kept));
    }

    /** Whether the pair {@code name=value}, or what follows {@code Set-Cookie:}, is about one of our cookies. */
    static boolean isOurs(String pair) {
        return pair.strip().toLowerCase(Locale.ROOT).startsWith(OURS);
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
