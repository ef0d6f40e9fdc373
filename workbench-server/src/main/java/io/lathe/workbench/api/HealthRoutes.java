package io.lathe.workbench.api;

import io.javalin.http.Context;
import io.lathe.workbench.json.Json;
import java.util.UUID;

/** Whether the workbench answers, and which start of it this is. */
public final class HealthRoutes {
    private record Health(String status, String version, long pid, String instance) {}

    private final String instance = UUID.randomUUID().toString();

    public void health(Context ctx) {
        String version = HealthRoutes.class.getPackage().getImplementationVersion();
        ctx.contentType("application/json")
                .result(Json.write(new Health(
                        "ok",
                        version == null ? "development" : version,
                        ProcessHandle.current().pid(),
                        instance)));
    }
}
