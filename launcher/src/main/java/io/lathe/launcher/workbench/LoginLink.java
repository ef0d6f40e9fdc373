package io.lathe.launcher.workbench;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.launcher.api.WorkbenchApi;

/** A one-time way into the workbench for a browser. */
record LoginLink(String url, String expiresAt) {
    static LoginLink fresh(WorkbenchApi api) {
        JsonNode link = api.post("/api/v1/login-links");
        return new LoginLink(link.path("url").asText(), link.path("expiresAt").asText());
    }
}
