package io.lathe.launcher.workbench;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.launcher.api.WorkbenchApi;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A one-time way into the workbench for a browser. */
record LoginLink(String url, String expiresAt) {
    static LoginLink fresh(WorkbenchApi api) {
        JsonNode link = api.post("/api/v1/login-links");
        return new LoginLink(link.path("url").asText(), link.path("expiresAt").asText());
    }

    /** When it stops working, on the clock of the person who reads it: {@code 15:40}. */
    String until() {
        return DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT)
                .withZone(ZoneId.systemDefault())
                .format(Instant.parse(expiresAt));
    }
}
