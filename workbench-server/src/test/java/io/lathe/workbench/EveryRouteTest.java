package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.router.Endpoint;
import io.javalin.security.Roles;
import io.javalin.security.RouteRole;
import io.lathe.workbench.web.Allow;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EveryRouteTest {
    private static Set<RouteRole> roles(Endpoint endpoint) {
        Roles roles = endpoint.metadata(Roles.class);
        return roles == null ? Set.of() : Set.copyOf(roles.getRoles());
    }

    @TempDir
    Path folder;

    @Test
    void withoutIdentityEveryRouteThatIsNotOpenAnswers401() {
        try (RunningWorkbench workbench = new RunningWorkbench(folder, folder)) {
            List<Endpoint> endpoints = workbench.app.endpoints();
            assertThat(endpoints).hasSizeGreaterThan(40);
            for (Endpoint endpoint : endpoints) {
                String route = endpoint.method.name() + " " + endpoint.path;
                assertThat(roles(endpoint))
                        .as("somebody must be named for %s", route)
                        .isNotEmpty();
                if (!roles(endpoint).contains(Allow.EVERYBODY)) {
                    String path = endpoint.path.replaceAll("[{<][a-z0-9]+[>}]", "x");
                    HttpRequest.Builder request =
                            workbench.request(path).method(endpoint.method.name(), HttpRequest.BodyPublishers.noBody());
                    assertThat(workbench.send(request).statusCode()).as(route).isEqualTo(401);
                }
            }
            assertThat(endpoints.stream()
                            .filter(endpoint -> roles(endpoint).contains(Allow.EVERYBODY))
                            .map(endpoint -> endpoint.method.name() + " " + endpoint.path))
                    .containsExactlyInAnyOrder("GET /api/v1/health", "GET /assets/{file}", "GET /login", "POST /login");
        }
    }
}
