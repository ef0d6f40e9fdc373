package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lathe.datasets.problem.LatheException;
import io.lathe.workbench.access.HostNaming;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Projects on loopback addresses of their own, for machines that do not resolve {@code *.localhost}. */
class NotebookAddressesTest {
    @TempDir
    Path folder;

    private RunningWorkbench open(int port) {
        Path home = folder.resolve("home");
        return new RunningWorkbench(new Options(
                folder.resolve("data"),
                port,
                0,
                home.toFile().exists() ? home : Checkout.in(home),
                HostNaming.ADDRESSES));
    }

    private static URI ticket(RunningWorkbench workbench, String project) {
        return URI.create(workbench
                .post(201, "/api/v1/projects/" + project + "/tickets", "")
                .path("url")
                .asText());
    }

    private static String path(URI ticket) {
        return ticket.getRawPath() + "?" + ticket.getRawQuery();
    }

    private static String cookie(String entered) {
        return entered.lines()
                .filter(line -> line.startsWith("Set-Cookie: "))
                .map(line -> "Cookie: " + line.substring("Set-Cookie: ".length(), line.indexOf(';')))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyProjectHasAnAddressThatTheOthersCanNeitherReadNorUse() {
        try (RunningWorkbench workbench = open(0)) {
            workbench.makeProject("mine");
            workbench.makeProject("other");
            URI ticket = ticket(workbench, "mine");
            String mine = ticket.getAuthority();
            String other = ticket(workbench, "other").getAuthority();
            assertThat(mine).startsWith("127.").isNotEqualTo(other).doesNotStartWith("127.0.");
            assertThat(workbench.raw(other, "GET " + path(ticket)))
                    .as("a ticket of another project")
                    .contains(" 403 ")
                    .doesNotContain("Set-Cookie");
            String entered = workbench.raw(mine, "GET " + path(ticket(workbench, "mine")));
            assertThat(entered).contains(" 303 ", "Location: /projects/mine/lab");
            String cookie = cookie(entered);
            assertThat(workbench.raw(mine, "GET /api/v1/project", cookie))
                    .contains(" 200 ", "\"url\":\"http://" + mine + "/projects/mine/lab\"");
            assertThat(workbench.raw(other, "GET /api/v1/project", cookie)).contains(" 401 ");
            assertThat(workbench.raw(mine, "GET /api/v1/project", cookie, "Origin: http://" + other))
                    .as("a page of the other project acts with this project's cookie")
                    .contains(" 403 ");
            assertThat(workbench.raw(mine, "GET /api/v1/projects", cookie)).contains(" 404 ");
            assertThat(workbench.raw("mine.notebooks.localhost:" + workbench.app.port(), "GET /api/v1/project", cookie))
                    .as("there are no names where there are addresses")
                    .contains(" 421 ");
        }
    }

    @Test
    void addressStaysAndIsListenedOnFromTheStart() {
        String host;
        int port;
        try (RunningWorkbench workbench = open(0)) {
            workbench.makeProject("mine");
            host = ticket(workbench, "mine").getAuthority();
            port = workbench.app.port();
        }
        try (RunningWorkbench workbench = open(port)) {
            assertThat(workbench.raw(host, "GET /api/v1/project")).contains(" 401 ");
            assertThat(ticket(workbench, "mine").getAuthority()).isEqualTo(host);
        }
    }

    @Test
    void addressThatCannotBeListenedOnIsNamedWithTheWayOut() throws Exception {
        String host;
        int port;
        try (RunningWorkbench workbench = open(0)) {
            workbench.makeProject("mine");
            host = ticket(workbench, "mine").getHost();
            port = workbench.app.port();
        }
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            assertThat(taken.isBound()).isTrue();
            assertThatThrownBy(() -> open(port))
                    .isInstanceOf(LatheException.class)
                    .hasMessageContaining(host)
                    .hasMessageContaining("--notebook-hosts names");
        }
    }
}
