package io.lathe.workbench.proxy;

import io.lathe.workbench.access.Accounts;
import io.lathe.workbench.access.Hosts;
import io.lathe.workbench.access.ProjectGrant;
import io.lathe.workbench.access.ProjectSessions;
import io.lathe.workbench.access.Proof;
import io.lathe.workbench.access.Tickets;
import io.lathe.workbench.database.Database;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** The proxy on a free port over a real database, with a workbench behind it that only says which path reached it. */
final class Edge implements AutoCloseable {
    final Map<String, Upstream> upstreams = new LinkedHashMap<>();
    /** Whom a token lets in; nobody at first. */
    volatile Programs programs = (project, authorization, token) -> false;

    final ProjectProxy proxy;
    final Tickets tickets = new Tickets(Clock.systemUTC());
    private final Database database;
    private final ProjectSessions sessions;
    private final Server server = new Server();
    private final ServerConnector connector;

    Edge(Path folder, ProxyLimits limits) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        database = Database.open(folder.resolve("lathe.db"));
        sessions = new ProjectSessions(database.jdbi(), Clock.systemUTC());
        String owner = new Accounts(database.jdbi(), Clock.systemUTC()).ownerId();
        for (String name : new String[] {"a", "b"}) {
            database.jdbi()
                    .useHandle(handle -> handle.execute(
                            "INSERT INTO project (id, owner_id, name, template, notebook, created_at) VALUES (?, ?, ?, 't', 'n', 0)",
                            "id-" + name,
                            owner,
                            name));
        }
        this.owner = owner;
        HttpConfiguration configuration = new HttpConfiguration();
        ProjectProxy.harden(configuration);
        HttpConnectionFactory http = new HttpConnectionFactory(configuration);
        ProjectProxy.widen(http);
        connector = new ServerConnector(server, http);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        proxy = new ProjectProxy(
                new Hosts(this::port),
                sessions,
                tickets,
                (project, authorization, token) -> programs.admits(project, authorization, token),
                project -> upstreams.getOrDefault(project, new Upstream.Absent(Upstream.Reason.STOPPED)),
                limits);
        proxy.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain");
                response.write(
                        true,
                        StandardCharsets.UTF_8.encode(
                                "workbench " + request.getHttpURI().getPath()),
                        callback);
                return true;
            }
        });
        server.setHandler(proxy);
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private final String owner;

    int port() {
        return connector.getLocalPort();
    }

    String host(String project) {
        return project + ".notebooks.localhost:" + port();
    }

    /** From the next connection on. */
    void closeSilentConnectionsAfter(Duration silence) {
        connector.setIdleTimeout(silence.toMillis());
    }

    void running(String project, int port) {
        upstreams.put(project, new Upstream.Running("127.0.0.1", port, "Lathe-Server-Secret", "s3cret-of-" + project));
    }

    String ticket(String project) {
        return tickets.issue(new ProjectGrant("id-" + project, project, owner), new Proof.Operator(), Optional.empty());
    }

    /** A cookie as a browser of the project's would send it. */
    String cookie(String project) {
        return ProjectSessions.COOKIE + "="
                + sessions.open(tickets.redeem(project, ticket(project)).orElseThrow())
                        .orElseThrow();
    }

    /** Ends the session that this cookie stands for. */
    void signOut(String cookie) {
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "DELETE FROM project_session WHERE id_sha256 = ?",
                        io.lathe.workbench.access.Secrets.sha256(cookie.substring(cookie.indexOf('=') + 1))));
    }

    /**
     * Begins a request to project {@code a} as its page would.
     *
     * @param path below the project's own
     * @param headers lines, each ended by CR LF
     */
    Socket begin(String method, String path, String cookie, String headers) throws IOException {
        Socket socket = connect();
        socket.getOutputStream()
                .write((method + " /projects/a/" + path + " HTTP/1.1\r\nHost: " + host("a") + "\r\nOrigin: http://"
                                + host("a") + "\r\nCookie: " + cookie + "\r\n" + headers + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** Sends these bytes (line feeds become CR LF) and reads until the edge closes the connection. */
    Answer raw(String request) {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            InputStream in = socket.getInputStream();
            String head = ScriptedServer.readHead(in);
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            in.transferTo(body);
            return new Answer(head, body.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param headers lines, each ended by a line feed */
    Answer get(String project, String path, String headers) {
        return raw("GET " + path + " HTTP/1.1\nHost: " + host(project) + "\nConnection: close\n" + headers + "\n");
    }

    /** A head and all that followed it. */
    record Answer(String head, String body) {
        int status() {
            return Integer.parseInt(head.split(" ", 3)[1]);
        }

        /** The value of a header, in lower-case name; all values joined by a bar. */
        String header(String name) {
            StringBuilder values = new StringBuilder();
            head.lines()
                    .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith(name + ":"))
                    .forEach(line -> values.append(values.isEmpty() ? "" : "|")
                            .append(line.substring(name.length() + 1).strip()));
            return values.toString();
        }
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        database.close();
    }
}
