package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.lathe.workbench.Callers.Caller;
import io.lathe.workbench.DocumentedRoutes.Row;
import io.lathe.workbench.web.Route;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Every route of {@code docs/security.md}, called by everybody on every host name over real connections. */
@Tag("slow") // more than a thousand requests
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteTableTest {
    /** What stands for a path's parameters: well formed, and of nothing that exists. */
    private static final Map<String, String> VALUES = Map.of(
            "{sha256}",
            "0".repeat(64),
            "<key>",
            "objects/00/" + "0".repeat(64),
            "{id}",
            "00000000-0000-4000-8000-000000000000");

    private final RunningWorkbench workbench;
    private final Callers callers;
    private final int port;
    private final List<Row> rows = DocumentedRoutes.ofWorkbench();

    RouteTableTest(@TempDir Path folder) {
        workbench = new RunningWorkbench(folder.resolve("data"), Checkout.in(folder.resolve("home")));
        port = workbench.app.port();
        workbench.makeProject("mine");
        workbench.makeProject("other");
        callers = new Callers(workbench);
    }

    @AfterAll
    void stop() {
        workbench.close();
    }

    private Wire request(Row row) {
        String path = row.path();
        for (Map.Entry<String, String> value : VALUES.entrySet()) {
            path = path.replace(value.getKey(), value.getValue());
        }
        return Wire.to(port, row.method(), path.replaceAll("[{<][A-Za-z0-9]+[>}]", "unknown"));
    }

    @Test
    void theDocumentNamesEveryRouteThereIsAndNoOther() {
        assertThat(workbench.app.endpoints().stream().map(endpoint -> endpoint.method.name() + " " + endpoint.path))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(
                        rows.stream().map(Row::toString).toList());
    }

    @Test
    void theTableOfRoutesIsWhatTheServerRoutesAndWhatTheDocumentSays() {
        assertThat(workbench.app.routes().stream().map(Route::title))
                .containsExactlyInAnyOrderElementsOf(workbench.app.endpoints().stream()
                        .map(endpoint -> endpoint.method.name() + " " + endpoint.path)
                        .toList());
        for (Row row : rows) {
            Route route = workbench.app.routes().stream()
                    .filter(candidate -> candidate.title().equals(row.toString()))
                    .findFirst()
                    .orElseThrow();
            String allowed = switch (route.allow()) {
                case SERVING_ENDPOINT -> "endpoint";
                default -> route.allow().name().toLowerCase(Locale.ROOT);
            };
            assertThat(row.callers()).as(row.toString()).containsExactly(allowed);
        }
    }

    @Test
    void onTheWorkbenchesHostEverybodyMayDoWhatTheDocumentSays() {
        SoftAssertions all = new SoftAssertions();
        List<Caller> everybody = callers.ofWorkbench();
        for (Row row : rows) {
            for (Caller caller : everybody) {
                // Logging out ends the session that every later call would need.
                Caller calling = row.path().equals("/logout") && caller.name().equals("owner's browser")
                        ? callers.ownerBrowser()
                        : caller;
                int status = calling.on(request(row)).send().status();
                all.check(() -> assertThat(verdict(status))
                        .as("%s by %s answered %d", row, caller.name(), status)
                        .isEqualTo(expected(row, caller)));
            }
        }
        all.assertAll();
    }

    @Test
    void onAProjectsHostThereIsItsApiForItAloneAndNothingOfTheWorkbench() {
        SoftAssertions all = new SoftAssertions();
        String host = "mine.notebooks.localhost:" + port;
        List<Caller> everybody = callers.ofProjectMine();
        for (Row row : rows) {
            boolean ofProject =
                    row.path().equals("/api/v1/project") || row.path().startsWith("/api/v1/project/");
            for (Caller caller : everybody) {
                Wire.Reply reply = caller.on(request(row).host(host)).send();
                if (ofProject) {
                    all.check(() -> assertThat(verdict(reply.status()))
                            .as("%s by %s answered %d", row, caller.name(), reply.status())
                            .isEqualTo(expected(row, caller)));
                } else {
                    // "/" leads to JupyterLab; with the name of another project there is nothing.
                    all.check(() -> assertThat(reply.status())
                            .as("%s by %s", row, caller.name())
                            .isIn(row.path().equals("/") ? List.of(303) : List.of(404, 405)));
                }
            }
        }
        all.assertAll();
    }

    @Test
    void onAnyOtherHostNobodyMayDoAnything() {
        SoftAssertions all = new SoftAssertions();
        Caller owner = callers.ownerBrowser();
        for (Row row : rows) {
            for (String host :
                    List.of("evil.example:" + port, "localhost.:" + port, "localhost", "x.localhost:" + port)) {
                all.check(() -> assertThat(
                                owner.on(request(row).host(host)).send().status())
                        .as("%s on %s", row, host)
                        .isEqualTo(421));
            }
        }
        all.assertAll();
    }

    private static String expected(Row row, Caller caller) {
        if (row.changes()
                && row.allows(caller.role())
                && !caller.refusedChanges().isEmpty()) {
            return "refused as forbidden";
        }
        if (row.allows(caller.role())) {
            return "done";
        }
        return caller.role().equals("nobody") ? "refused as unknown" : "refused as forbidden";
    }

    private static String verdict(int status) {
        return switch (status) {
            case 401 -> "refused as unknown";
            case 403 -> "refused as forbidden";
            case 421 -> "no such host";
            default -> status < 500 ? "done" : "broken";
        };
    }
}
