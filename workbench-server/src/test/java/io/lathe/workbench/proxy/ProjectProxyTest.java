package io.lathe.workbench.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectProxyTest {
    private static final int MEBI = 1024 * 1024;

    @TempDir
    Path folder;

    private Edge edge;
    private ScriptedServer notebooks;

    @BeforeEach
    void start() {
        edge = new Edge(folder, ProxyLimits.defaults());
        notebooks = new ScriptedServer(exchange -> exchange.ok("hello"));
        edge.running("a", notebooks.port());
    }

    @AfterEach
    void stop() {
        edge.close();
        notebooks.close();
    }

    private String signedIn() {
        return "Cookie: " + edge.cookie("a") + "\n";
    }

    private String origin() {
        return "Origin: http://" + edge.host("a") + "\n";
    }

    // ---- hosts

    @Test
    void hostNamesThatAreNotOursAreMisdirected() {
        for (String host : new String[] {
            "evil.example", "a.notebooks.localhost.evil.example", "A_.notebooks.localhost", "localhost:1"
        }) {
            Edge.Answer answer = edge.raw("GET / HTTP/1.1\nHost: " + host + "\nConnection: close\n\n");
            assertThat(answer.status()).as(host).isEqualTo(421);
            assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        }
        assertThat(edge.raw("GET / HTTP/1.0\n\n").status()).isEqualTo(421);
    }

    @Test
    void targetThatNamesAnotherHostThanTheHostHeaderIsRefused() {
        Edge.Answer answer = edge.raw("GET http://localhost:" + edge.port() + "/secret HTTP/1.1\nHost: "
                + edge.host("a") + "\nConnection: close\n" + signedIn() + "\n");

        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void workbenchsOwnHostGoesOn() {
        Edge.Answer answer =
                edge.raw("GET /projects/a/lab HTTP/1.1\nHost: localhost:" + edge.port() + "\nConnection: close\n\n");

        assertThat(answer.body()).isEqualTo("workbench /projects/a/lab");
        assertThat(notebooks.heads).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/projects",
                "/api/v1/projects",
                "/api/v1/health",
                "/login",
                "/projects/b/lab",
                "/projects/a/../../api/v1/projects",
                "/api/v1/project/../projects",
                "/api/v1/projects/../project/x",
                "/api/v1/project/%2e%2e/projects",
                "/api/v1/project//x",
                "/api/v1/project/x;y=1",
                "/%61pi/v1/projects",
                "/api/v1/projectx",
                "/projects/a/%2e%2e/b/lab"
            })
    void onAProjectsHostThereIsNothingOfTheWorkbench(String path) {
        Edge.Answer answer = edge.get("a", path, signedIn());

        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.body()).doesNotContain("workbench ");
        assertThat(notebooks.heads).isEmpty();
    }

    @Test
    void pathOfManySegmentsIsJustNotThere() {
        assertThat(edge.get("a", "/a".repeat(15_000), "").status()).isEqualTo(404);
    }

    @Test
    void otherProjectsCookiesLockNobodyOut() {
        StringBuilder tossed = new StringBuilder("Cookie: ");
        for (int i = 0; i < 150; i++) {
            tossed.append("lathe_project=evil").append(i).append("; ");
        }
        assertThat(edge.get("a", "/projects/a/api", tossed + edge.cookie("a") + "\n")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void rootLeadsToTheLab() {
        Edge.Answer answer = edge.get("a", "/", "");

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("location")).isEqualTo("/projects/a/lab");
    }

    // ---- the way in

    @Test
    void ticketLetsABrowserInOnce() {
        String path = "/lathe/enter?ticket=" + edge.ticket("a");

        Edge.Answer first = edge.get("a", path, "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: navigate\n");
        Edge.Answer second = edge.get("a", path, "");

        assertThat(first.status()).isEqualTo(303);
        assertThat(first.header("location")).isEqualTo("/projects/a/lab");
        assertThat(first.header("set-cookie")).matches("lathe_project=[\\w-]{43}; Path=/; HttpOnly; SameSite=Lax");
        assertThat(first.header("cache-control")).isEqualTo("no-store");
        assertThat(second.status()).isEqualTo(403);
        assertThat(second.header("set-cookie")).isEmpty();
        assertThat(second.body()).contains("http://localhost:" + edge.port() + "/projects/a/open");
        String cookie = first.header("set-cookie").split(";", 2)[0];
        assertThat(edge.get("a", "/projects/a/x", "Cookie: " + cookie + "\n").body())
                .isEqualTo("hello");
        assertThat(edge.get("a", path, "Cookie: " + cookie + "\n").status())
                .as("a reload by who is already in")
                .isEqualTo(303);
    }

    @Test
    void ticketOfAnotherProjectLetsNobodyIn() {
        Edge.Answer answer = edge.get("a", "/lathe/enter?ticket=" + edge.ticket("b"), "");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("set-cookie")).isEmpty();
    }

    @Test
    void lookingAheadDoesNotUseATicketUp() {
        String path = "/lathe/enter?ticket=" + edge.ticket("a");

        assertThat(edge.raw("HEAD " + path + " HTTP/1.1\nHost: " + edge.host("a") + "\nConnection: close\n\n")
                        .status())
                .isEqualTo(405);
        assertThat(edge.get("a", path, "Sec-Purpose: prefetch\n").status()).isEqualTo(405);
        assertThat(edge.get("a", path, "").status()).isEqualTo(303);
    }

    @Test
    void withoutACookieNothingReachesTheNotebookServer() {
        Edge.Answer program = edge.get("a", "/projects/a/api/status", "");
        Edge.Answer person = edge.get("a", "/projects/a/lab", "Accept: text/html,*/*\n");
        Edge.Answer socket = edge.get("a", "/projects/a/ws", "Upgrade: websocket\nConnection: Upgrade\n" + origin());
        Edge.Answer api = edge.get("a", "/api/v1/project", "");

        assertThat(program.status()).isEqualTo(401);
        assertThat(program.body()).contains("/problems/unauthenticated");
        assertThat(person.status()).isEqualTo(303);
        assertThat(person.header("location")).isEqualTo("http://localhost:" + edge.port() + "/projects/a/open");
        assertThat(socket.status()).isEqualTo(401);
        assertThat(api.status()).isEqualTo(401);
        assertThat(notebooks.heads).isEmpty();
    }

    @Test
    void firstValidCookieOfThisProjectWinsOverStaleAndForeignOnes() {
        String cookies = "Cookie: lathe_project=stale; other=1; " + edge.cookie("b") + "\nCookie: x=y; "
                + edge.cookie("a") + "\n";

        assertThat(edge.get("a", "/projects/a/x", cookies).status()).isEqualTo(200);
        assertThat(edge.get("a", "/projects/a/x", "Cookie: " + edge.cookie("b") + "\n")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void twoProjectsInOneBrowserKeepApart() {
        ScriptedServer other = new ScriptedServer(exchange -> exchange.ok("other"));
        try (other) {
            edge.running("b", other.port());
            String both = "Cookie: " + edge.cookie("a") + "; " + edge.cookie("b") + "\n";

            assertThat(edge.get("a", "/projects/a/x", both).body()).isEqualTo("hello");
            assertThat(edge.get("b", "/projects/b/x", both).body()).isEqualTo("other");
            assertThat(edge.get("a", "/projects/a/x", both).body()).isEqualTo("hello");
            assertThat(other.heads.getFirst()).contains("s3cret-of-b").doesNotContain("s3cret-of-a");
        }
    }

    // ---- the project's API

    @Test
    void projectsApiGoesOnForABrowserInOrderAndForABearerToken() {
        assertThat(edge.get("a", "/api/v1/project/store/list", signedIn()).body())
                .isEqualTo("workbench /api/v1/project/store/list");
        assertThat(edge.get("a", "/api/v1/project", "Authorization: Bearer x\n").body())
                .isEqualTo("workbench /api/v1/project");
        assertThat(edge.get("a", "/api/v1/project", signedIn() + "Sec-Fetch-Site: same-site\n")
                        .status())
                .isEqualTo(403);
    }

    // ---- other origins

    @Test
    void postOfAnotherOriginIsRefusedInSpiteOfAValidCookie() {
        for (String from : new String[] {
            "Origin: http://evil.example\n",
            "Origin: http://" + edge.host("b") + "\nSec-Fetch-Site: same-site\n",
            "Origin: http://localhost:" + edge.port() + "\n",
            "Origin: null\n",
            origin() + "Origin: http://evil.example\n",
            "Sec-Fetch-Site: cross-site\n",
            ""
        }) {
            Edge.Answer answer = edge.raw("POST /projects/a/api/kernels HTTP/1.1\nHost: " + edge.host("a")
                    + "\nConnection: close\nContent-Length: 2\n" + signedIn() + from + "\n{}");
            assertThat(answer.status()).as(from).isEqualTo(403);
        }
        assertThat(notebooks.heads).isEmpty();
    }

    @Test
    void postOfTheProjectsOwnPageIsForwarded() {
        for (String from : new String[] {origin(), "Sec-Fetch-Site: same-origin\n"}) {
            notebooks.script(exchange -> exchange.ok(new String(exchange.in().readNBytes(2), StandardCharsets.UTF_8)));
            Edge.Answer answer = edge.raw("POST /projects/a/api/kernels HTTP/1.1\nHost: " + edge.host("a")
                    + "\nConnection: close\nContent-Length: 2\n" + signedIn() + from + "\n{}");
            assertThat(answer.body()).as(from).isEqualTo("{}");
        }
    }

    // ---- programs

    @Test
    void tokenLetsAProgramInWithoutCookieOrOriginAndGoesNoFurther() {
        edge.programs = (project, authorization, token) -> project.equals("a")
                && (authorization == null ? "g/d".equals(token) : authorization.equals("token g/d"));
        for (String[] way : new String[][] {
            {"?x=1&token=g%2Fd&y=2", ""},
            {"?x=1&y=2", "Authorization: token g/d\n"},
            {"?x=1&token=ignored&y=2", "Authorization: token g/d\nOrigin: vscode-file://vscode-app\n"}
        }) {
            Edge.Answer answer = edge.raw("POST /projects/a/api/sessions" + way[0] + " HTTP/1.1\nHost: "
                    + edge.host("a") + "\nConnection: close\nContent-Length: 0\n" + way[1] + "\n");

            assertThat(answer.body()).as(way[0]).isEqualTo("hello");
            assertThat(notebooks.heads.getLast())
                    .startsWith("POST /projects/a/api/sessions?x=1&y=2 HTTP/1.1\r\n")
                    .contains("Lathe-Server-Client: program\r\n")
                    .doesNotContain("Authorization", "g/d", "g%2Fd");
        }
    }

    @Test
    void wrongTokenIsRefusedInSpiteOfAGoodCookie() {
        edge.programs = (project, authorization, token) -> authorization == null && "sesame".equals(token);
        for (String[] way : new String[][] {
            {"?token=wrong", ""},
            {"", "Authorization: token sesame\n"},
            {"?token=sesame", "Authorization: Basic eDp5\n"},
            {"?token=sesame&token=sesame", ""},
            {"?token=sesame&%74oken=wrong", ""},
            {"?token=%zz", ""}
        }) {
            Edge.Answer answer = edge.get("a", "/projects/a/api/kernels" + way[0], signedIn() + way[1]);

            assertThat(answer.status()).as(way[0] + way[1]).isIn(400, 401);
            assertThat(answer.body()).doesNotContain("sesame", "wrong");
        }
        assertThat(notebooks.heads).isEmpty();
    }

    @Test
    void tokenCountsOnAProjectsNotebooksOnly() {
        edge.programs = (project, authorization, token) -> true;

        assertThat(edge.get("b", "/projects/a/api?token=x", "").status()).isEqualTo(404);
        assertThat(edge.get("a", "/api/v1/project?token=x", "").status()).isEqualTo(401);
        assertThat(edge.get("a", "/lathe/enter?token=x", "").status()).isEqualTo(403);
    }

    // ---- what passes

    @Test
    void clientsClaimsAreStrippedAndTheEdgesOwnAdded() {
        edge.get(
                "a",
                "/projects/a/x?a=1&token=&b=%2F&%74oken",
                "Cookie: _xsrf=2|x; " + edge.cookie("a") + "; LATHE_other=1; theme=dark\n"
                        + "Lathe-Server-Client: program\nLathe-Server-Secret: evil\nX-Forwarded-For: 6.6.6.6\nX-Forwarded-Host: evil\n"
                        + "Forwarded: for=6.6.6.6\nX-Real-Ip: 6.6.6.6\nX-Scheme: https\nVia: evil\nX-Kept: yes\n"
                        + "Keep-Alive: 1\nTE: trailers\nProxy-Authorization: x\nX-Hop: 1\nConnection: X-Hop, Host\n");

        String head = notebooks.heads.getFirst();
        assertThat(head).startsWith("GET /projects/a/x?a=1&b=%2F HTTP/1.1\r\n");
        assertThat(head)
                .contains(
                        "\r\nHost: " + edge.host("a") + "\r\n",
                        "\r\nCookie: _xsrf=2|x; theme=dark\r\n",
                        "\r\nLathe-Server-Secret: s3cret-of-a\r\n",
                        "\r\nX-Forwarded-For: 127.0.0.1\r\n",
                        "\r\nX-Forwarded-Proto: http\r\n",
                        "\r\nX-Forwarded-Host: " + edge.host("a") + "\r\n",
                        "\r\nX-Kept: yes\r\n")
                .doesNotContainIgnoringCase("evil")
                .doesNotContainIgnoringCase("lathe_")
                .doesNotContain(
                        "6.6.6.6",
                        "Lathe-Server-Client",
                        "Forwarded: ",
                        "X-Scheme",
                        "Via:",
                        "X-Hop",
                        "TE:",
                        "Keep-Alive");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/projects/a/files/a%2Fb%20c.ipynb",
                "/projects/a/files/%25.txt?x=a+b%20c",
                "/projects/a/x;p=1/y",
                "/projects/a//double",
                "/projects/a/files/%C5%BC.ipynb?q=%5B",
                "/projects/a/files/a%7Cb%5C.txt?q=[x]|y"
            })
    void pathReachesTheServerAsItWasWritten(String path) {
        assertThat(edge.get("a", path, signedIn()).body()).isEqualTo("hello");

        assertThat(notebooks.heads.getFirst()).startsWith("GET " + path + " HTTP/1.1\r\n");
    }

    @Test
    void answersCookiesStayOnTheProjectsHostAndNeverAreOurs() {
        notebooks.script(exchange -> exchange.answer("""
                HTTP/1.1 200 OK
                Content-Length: 0
                Server: Tornado
                Set-Cookie: _xsrf=1; Path=/projects/a/
                Set-Cookie: t=2; Domain=notebooks.localhost; Path=/; domain=localhost
                Set-Cookie: lathe_project=evil; Path=/
                Set-Cookie: Lathe_session=evil
                Content-Security-Policy: default-src 'self'

                """));

        Edge.Answer answer = edge.get("a", "/projects/a/x", signedIn());

        assertThat(answer.header("set-cookie")).isEqualTo("_xsrf=1; Path=/projects/a/|t=2; Path=/");
        assertThat(answer.header("server")).isEmpty();
        assertThat(answer.header("content-security-policy")).isEqualTo("default-src 'self'|frame-ancestors 'self'");
    }

    @Test
    void jupytersOwnFramePolicyStays() {
        notebooks.script(exchange -> exchange.answer(
                "HTTP/1.1 204 No Content\nContent-Security-Policy: frame-ancestors 'self'; report-uri /r\n\n"));

        assertThat(edge.get("a", "/projects/a/x", signedIn()).header("content-security-policy"))
                .isEqualTo("frame-ancestors 'self'; report-uri /r");
    }

    @Test
    void headersUpTo32KibPassAndLongerOnesAreRefused() {
        assertThat(edge.get("a", "/projects/a/x", signedIn() + "X-Long: " + "x".repeat(20_000) + "\n")
                        .status())
                .isEqualTo(200);
        assertThat(edge.get("a", "/projects/a/x", signedIn() + "X-Long: " + "x".repeat(40_000) + "\n")
                        .status())
                .isEqualTo(431);
    }

    @Test
    void ambiguousRequestsAreRefusedBeforeTheyCanBeReadTwoWays() {
        String start = "POST /projects/a/x HTTP/1.1\nHost: " + edge.host("a") + "\nConnection: close\n" + signedIn()
                + origin();
        for (String rest : new String[] {
            "Content-Length: 5\nTransfer-Encoding: chunked\n\n0\n\nGET /projects/a/smuggled HTTP/1.1\nHost: x\n\n",
            "Content-Length: 0\nContent-Length: 40\n\nGET /projects/a/smuggled HTTP/1.1\n\n",
            "Transfer-Encoding: xchunked\n\n0\n\n",
            "Content-Length: +5\n\nhello",
            "X-A: 1\n folded: 2\nContent-Length: 0\n\n",
            "Host: evil.example\nContent-Length: 0\n\n"
        }) {
            assertThat(edge.raw(start + rest).status()).as(rest).isIn(400, 501);
        }
        assertThat(notebooks.heads).noneMatch(head -> head.contains("smuggled"));
    }

    @Test
    void bodyOverTheLimitIsRefusedWithTheLimitHoweverItIsFramed() throws Exception {
        edge.close();
        ProxyLimits limits = ProxyLimits.defaults();
        edge = new Edge(
                folder.resolve("second"),
                new ProxyLimits(
                        limits.connect(),
                        limits.silence(),
                        limits.handshake(),
                        limits.halfClosed(),
                        limits.stalled(),
                        limits.farewell(),
                        limits.watch(),
                        limits.messageBytes(),
                        MEBI,
                        10,
                        10));
        edge.running("a", notebooks.port());
        AtomicLong got = new AtomicLong();
        notebooks.script(exchange -> {
            exchange.in().transferTo(new OutputStream() {
                @Override
                public void write(int b) {
                    got.incrementAndGet();
                }

                @Override
                public void write(byte[] bytes, int from, int length) {
                    got.addAndGet(length);
                }
            });
        });
        String start = "PUT /projects/a/x HTTP/1.1\nHost: " + edge.host("a") + "\n" + signedIn() + origin();
        try (Socket announced = edge.connect();
                Socket chunked = edge.connect()) {
            send(announced, start + "Content-Length: " + (MEBI + 1) + "\n\n");
            assertThat(ScriptedServer.readHead(announced.getInputStream())).startsWith("HTTP/1.1 413");

            send(chunked, start + "Transfer-Encoding: chunked\n\n");
            byte[] piece = new byte[0x8000];
            for (int i = 0; i < 33; i++) {
                send(chunked, "8000\n");
                chunked.getOutputStream().write(piece);
                send(chunked, "\n");
            }
            assertThat(ScriptedServer.readHead(chunked.getInputStream())).startsWith("HTTP/1.1 413");
            byte[] body = new byte[400];
            int read = chunked.getInputStream().read(body);
            assertThat(new String(body, 0, read, StandardCharsets.UTF_8)).contains("1 MiB");
        }
        assertThat(got.get()).isLessThan(2L * MEBI);
    }

    @Test
    void aBodyThatIsNotWholeIsTheCallersFault() throws IOException {
        notebooks.script(exchange -> exchange.in().transferTo(OutputStream.nullOutputStream()));
        String start = "PUT /projects/a/x HTTP/1.1\nHost: " + edge.host("a") + "\n" + signedIn() + origin();
        for (String broken : new String[] {
            "Transfer-Encoding: chunked\n\nzz\n", "Transfer-Encoding: chunked\n\n5\n{}\n0", "Content-Length: 100\n\n{}",
        }) {
            try (Socket socket = edge.connect()) {
                send(socket, start + broken);
                socket.shutdownOutput();
                assertThat(ScriptedServer.readHead(socket.getInputStream()))
                        .as(broken)
                        .startsWith("HTTP/1.1 400");
            }
        }
    }

    // ---- streaming

    @Test
    void uploadOf64MebibytesStreamsWhole() throws Exception {
        long length = 64L * MEBI;
        CountDownLatch firstBytes = new CountDownLatch(1);
        AtomicLong sum = new AtomicLong();
        notebooks.script(exchange -> {
            byte[] buffer = new byte[MEBI];
            for (long left = length; left > 0; ) {
                int read = exchange.in().read(buffer, 0, (int) Math.min(buffer.length, left));
                firstBytes.countDown();
                for (int i = 0; i < read; i++) {
                    sum.addAndGet(buffer[i]);
                }
                left -= read;
            }
            exchange.ok("got it");
        });
        try (Socket socket = edge.connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(("PUT /projects/a/api/contents/big HTTP/1.1\r\nHost: " + edge.host("a") + "\r\nContent-Length: "
                            + length + "\r\n" + (signedIn() + origin()).replace("\n", "\r\n") + "\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            long expected = 0;
            byte[] block = new byte[MEBI];
            for (int i = 0; i < 64; i++) {
                java.util.Arrays.fill(block, (byte) i);
                expected += (long) i * MEBI;
                out.write(block);
                if (i == 0) {
                    assertThat(firstBytes.await(10, TimeUnit.SECONDS))
                            .as("the server reads while the client still sends")
                            .isTrue();
                }
            }
            assertThat(ScriptedServer.readHead(socket.getInputStream())).startsWith("HTTP/1.1 200");
            assertThat(sum.get()).isEqualTo(expected);
        }
    }

    @Test
    void downloadOf64MebibytesStreamsWhole() throws Exception {
        CountDownLatch clientHasFirst = new CountDownLatch(1);
        notebooks.script(exchange -> {
            exchange.answer("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n");
            byte[] block = new byte[MEBI];
            for (int i = 0; i < 64; i++) {
                exchange.answer("100000\n");
                exchange.out().write(block);
                exchange.answer("\n");
                if (i == 0 && !awaited(clientHasFirst)) {
                    return;
                }
            }
            exchange.answer("0\n\n");
        });
        try (Socket socket = edge.connect()) {
            send(socket, "GET /projects/a/files/big HTTP/1.0\nHost: " + edge.host("a") + "\n" + signedIn() + "\n");
            InputStream in = socket.getInputStream();
            ScriptedServer.readHead(in);
            assertThat(in.readNBytes(MEBI)).hasSize(MEBI);
            clientHasFirst.countDown();
            assertThat(in.transferTo(OutputStream.nullOutputStream())).isEqualTo(63L * MEBI);
        }
    }

    @Test
    void serverIsHeldBackWhileTheClientDoesNotRead() throws Exception {
        AtomicLong written = new AtomicLong();
        notebooks.script(exchange -> {
            exchange.answer("HTTP/1.1 200 OK\nContent-Length: 1000000000000\n\n");
            byte[] block = new byte[64 * 1024];
            while (true) {
                exchange.out().write(block);
                written.addAndGet(block.length);
            }
        });
        try (Socket socket = edge.connect()) {
            send(socket, "GET /projects/a/files/endless HTTP/1.1\nHost: " + edge.host("a") + "\n" + signedIn() + "\n");
            ScriptedServer.readHead(socket.getInputStream());
            assertThat(settled(written)).isLessThan(32L * MEBI);
        }
    }

    // ---- when the server fails

    @Test
    void stoppedServerIsAPageForPeopleAndAProblemForPrograms() {
        edge.upstreams.put("a", new Upstream.Absent(Upstream.Reason.STARTING));

        Edge.Answer page =
                edge.get("a", "/projects/a/lab", signedIn() + "Sec-Fetch-Mode: navigate\nSec-Fetch-Site: none\n");
        Edge.Answer problem = edge.get("a", "/projects/a/api/kernels", signedIn());
        Edge.Answer socket =
                edge.get("a", "/projects/a/ws", signedIn() + origin() + "Upgrade: websocket\nConnection: Upgrade\n");

        assertThat(page.status()).isEqualTo(503);
        assertThat(page.header("refresh")).isEqualTo("2");
        assertThat(page.body())
                .contains("The notebook server of a is starting", "http://localhost:" + edge.port() + "/projects/a\"");
        assertThat(problem.status()).isEqualTo(503);
        assertThat(problem.header("content-type")).isEqualTo("application/problem+json");
        assertThat(socket.status()).isEqualTo(503);
    }

    @Test
    void deadServerIsUnavailableAndABrokenAnswerIsUnknown() {
        notebooks.script(exchange -> exchange.socket().close());
        assertThat(edge.get("a", "/projects/a/x", signedIn()).body()).contains("outcome-unknown", "\"status\":502");

        ScriptedServer gone = new ScriptedServer(exchange -> exchange.ok(""));
        gone.close();
        edge.running("a", gone.port());
        Edge.Answer dead = edge.get("a", "/projects/a/x", signedIn());
        assertThat(dead.status()).isEqualTo(503);
        assertThat(dead.body()).doesNotContain("127.0.0.1").doesNotContain("s3cret");
    }

    @Test
    void answerThatBreaksOffIsNeverShownAsWhole() throws Exception {
        notebooks.script(exchange -> {
            exchange.answer("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\nhello\n");
            exchange.socket().close();
        });
        try (Socket socket = edge.connect()) {
            send(socket, "GET /projects/a/x HTTP/1.1\nHost: " + edge.host("a") + "\n" + signedIn() + "\n");
            InputStream in = socket.getInputStream();
            ScriptedServer.readHead(in);
            String body = readToEnd(in);
            assertThat(body).doesNotEndWith("0\r\n\r\n");
        }
    }

    @Test
    void silentServerIsGivenUp() {
        edge.close();
        ProxyLimits limits = ProxyLimits.defaults();
        edge = new Edge(
                folder.resolve("second"),
                new ProxyLimits(
                        limits.connect(),
                        Duration.ofMillis(300),
                        limits.handshake(),
                        limits.halfClosed(),
                        limits.stalled(),
                        limits.farewell(),
                        limits.watch(),
                        limits.messageBytes(),
                        limits.bodyBytes(),
                        10,
                        10));
        edge.running("a", notebooks.port());
        notebooks.script(exchange -> exchange.in().read());

        assertThat(edge.get("a", "/projects/a/x", signedIn()).status()).isEqualTo(504);
    }

    @Test
    void secretsNeverShowInText() {
        assertThat(new Upstream.Running("127.0.0.1", 1, "H", "s3cret").toString())
                .doesNotContain("s3cret");
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String readToEnd(InputStream in) {
        StringBuilder text = new StringBuilder();
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                text.append((char) next);
            }
        } catch (IOException e) {
            text.append("<reset>");
        }
        return text.toString();
    }

    /** The counter's value once it has stood still for half a second. */
    static long settled(AtomicLong counter) throws InterruptedException {
        long before = -1;
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (counter.get() != before && System.nanoTime() < deadline) {
            before = counter.get();
            TimeUnit.MILLISECONDS.sleep(500);
        }
        return before;
    }
}
