package io.lathe.workbench.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A time as pages show it.
 *
 * @param iso for machines
 * @param text for people, in UTC
 */
public record When(String iso, String text) {
    private static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    static When of(Instant instant) {
        return new When(instant.toString(), TEXT.format(instant));
    }
}
