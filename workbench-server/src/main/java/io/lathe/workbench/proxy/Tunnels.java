package io.lathe.workbench.proxy;

import io.lathe.datasets.problem.ProblemCode;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.eclipse.jetty.client.BufferingResponseListener;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpUpgrader;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.ContainerLifeCycle;

/**
 * The WebSockets of all projects. The notebook server is asked first and its answer passed on, so subprotocol and extensions are
 * settled between browser and server; after its 101 only bytes are moved. Thread-safe.
 */
public final class Tunnels extends ContainerLifeCycle {
    /** An answer other than 101 is a short message; more than this of it is cut off as an error. */
    private static final int REFUSAL_BYTES = 1024 * 1024;

    private final ProxyLimits limits;
    private final Map<String, Set<WebSocketTunnel>> byProject = new ConcurrentHashMap<>();
    private final HttpClient client = new HttpClient();
    private final Predicate<Credential> holds;
    private final Runnable look;
    private final long openFiles = OpenFiles.limit();
    private final int most;

    /**
     * @param holds whether who opened a tunnel may still have it
     * @param look run now and then, to have it asked for each
     */
    Tunnels(ProxyLimits limits, Predicate<Credential> holds, Runnable look) {
        this.limits = limits;
        this.holds = holds;
        this.look = look;
        this.most = (int) Math.min(limits.tunnels(), OpenFiles.tunnels(openFiles));
        HttpForwarder.configure(client, limits);
        client.setName("notebook-websockets");
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setMaxConnectionsPerDestination(limits.tunnelsOfProject());
        client.setMaxRequestsQueuedPerDestination(limits.tunnelsOfProject());
        installBean(client);
    }

    /** Ends the project's WebSockets, since its notebook server stops; pages will try to connect again. */
    public void closeProject(String project) {
        open(project).forEach(tunnel -> tunnel.say(WebSocketClose.STOPPED));
    }

    /** Ends at once the WebSockets of those who are not signed in any more: logged out, session over, token revoked. */
    void recheck() {
        Map<Credential, Boolean> known = new HashMap<>();
        for (String project : List.copyOf(byProject.keySet())) {
            for (WebSocketTunnel tunnel : open(project)) {
                if (known.computeIfAbsent(tunnel.credential(), holds::test)) {
                    tunnel.closeIfStalled();
                } else {
                    tunnel.say(WebSocketClose.SIGNED_OUT);
                }
            }
        }
    }

    private List<WebSocketTunnel> open(String project) {
        return List.copyOf(byProject.getOrDefault(project, Set.of()));
    }

    /** How many WebSockets the project has open. */
    public int count(String project) {
        return byProject.getOrDefault(project, Set.of()).size();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        client.getContentDecoderFactories().clear();
        watch();
    }

    private void watch() {
        var _ = client.getScheduler()
                .schedule(
                        () -> client.getExecutor().execute(() -> {
                            try {
                                look.run();
                            } finally {
                                if (isRunning()) {
                                    watch();
                                }
                            }
                        }),
                        limits.watch().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    protected void doStop() throws Exception {
        List.copyOf(byProject.keySet()).forEach(this::closeProject);
        super.doStop();
    }

    /** @param credential what {@code request} was let in for */
    void open(Request request, Response response, Callback callback, Credential credential, Upstream.Running upstream) {
        String project = credential.project();
        Set<WebSocketTunnel> ofProject = byProject.computeIfAbsent(project, name -> ConcurrentHashMap.newKeySet());
        int all = byProject.values().stream().mapToInt(Set::size).sum();
        if (ofProject.size() >= limits.tunnelsOfProject() || all >= most) {
            boolean files = all >= most && most < limits.tunnels();
            Answers.problem(
                    response,
                    callback,
                    ProblemCode.UNAVAILABLE,
                    "Too many open WebSockets",
                    files
                            ? "The workbench has " + all + " WebSockets open, and its process may open no more than "
                                    + openFiles + " files. Raise that (ulimit -n, or LimitNOFILE) and start it again, "
                                    + "or close notebooks."
                            : "Project " + project + " has " + ofProject.size() + " of " + limits.tunnelsOfProject()
                                    + " WebSockets open, all projects together " + all + " of " + most
                                    + ". Close notebooks or browser tabs, then try again.");
            return;
        }
        Handshake handshake = new Handshake(request, response, callback, credential, ofProject);
        handshake.send(upstream);
        if (!holds.test(credential)) {
            handshake.tunnel.say(WebSocketClose.SIGNED_OUT); // between the first look and this one
        }
    }

    private final class Handshake implements HttpUpgrader {
        private final Request request;
        private final Response response;
        private final Callback callback;
        private final WebSocketTunnel tunnel;
        private volatile boolean upgraded;

        Handshake(
                Request request,
                Response response,
                Callback callback,
                Credential credential,
                Set<WebSocketTunnel> registry) {
            this.request = request;
            this.response = response;
            this.callback = callback;
            this.tunnel =
                    new WebSocketTunnel(limits, credential, client.getScheduler(), () -> registry.remove(tunnel()));
            registry.add(tunnel);
        }

        private WebSocketTunnel tunnel() {
            return tunnel;
        }

        void send(Upstream.Running upstream) {
            org.eclipse.jetty.client.Request toServer = client.newRequest(upstream.host(), upstream.port())
                    .path(HttpForwarder.target(request))
                    .headers(headers -> headers.clear()
                            .add(HeaderRules.toServer(
                                    request, upstream, tunnel.credential().client()))
                            .put(HttpHeader.UPGRADE, "websocket")
                            .put(HttpHeader.CONNECTION, "Upgrade"))
                    .attribute(HttpUpgrader.Factory.class.getName(), (HttpUpgrader.Factory) version -> this)
                    .timeout(limits.handshake().toMillis(), TimeUnit.MILLISECONDS);
            tunnel.connecting(() -> {
                CompletableFuture<Boolean> ignored =
                        toServer.abort(new CancellationException("The project's WebSockets were closed"));
            });
            toServer.send(new BufferingResponseListener(REFUSAL_BYTES) {
                @Override
                public void onComplete(Result result) {
                    if (!upgraded) {
                        tunnel.close();
                        refused(result, getContent());
                    }
                }
            });
        }

        @Override
        public void prepare(org.eclipse.jetty.client.Request toServer) {
            // The client's own upgrade headers are sent as they came.
        }

        @Override
        public void upgrade(org.eclipse.jetty.client.Response fromServer, EndPoint serverEnd, Callback upgrading) {
            upgraded = true;
            tunnel.agreed();
            EndPoint browserEnd =
                    request.getConnectionMetaData().getConnection().getEndPoint();
            Server server = request.getConnectionMetaData().getConnector().getServer();
            Pipe fromBrowser = new Pipe(
                    tunnel,
                    WebSocketClose.Sender.CLIENT,
                    browserEnd,
                    serverEnd,
                    server.getThreadPool(),
                    server.getByteBufferPool());
            Pipe toBrowser = new Pipe(
                    tunnel,
                    WebSocketClose.Sender.SERVER,
                    serverEnd,
                    browserEnd,
                    client.getExecutor(),
                    server.getByteBufferPool());
            HttpFields.Mutable headers = response.getHeaders();
            passOn(fromServer.getHeaders(), headers);
            headers.put(HttpHeader.UPGRADE, "websocket");
            headers.put(HttpHeader.CONNECTION, "Upgrade");
            request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, fromBrowser);
            response.setStatus(101);
            // The server's first bytes must not overtake the 101, so its pipe opens when that is written.
            response.write(
                    true,
                    null,
                    Callback.from(
                            () -> {
                                boolean open = tunnel.connected(fromBrowser, toBrowser);
                                callback.succeeded();
                                serverEnd.upgrade(toBrowser);
                                upgrading.succeeded();
                                if (!open) {
                                    browserEnd.close();
                                    serverEnd.close();
                                }
                            },
                            failure -> {
                                tunnel.close();
                                serverEnd.close(failure);
                                callback.failed(failure);
                                upgrading.failed(failure);
                            }));
        }

        private void refused(Result result, byte[] body) {
            if (result.isFailed()) {
                boolean late = result.getFailure() instanceof TimeoutException;
                Answers.problem(
                        response,
                        callback,
                        late ? ProblemCode.TIMEOUT : ProblemCode.UNAVAILABLE,
                        "The notebook server did not open the WebSocket",
                        "Look at the project's page; the server may need to be started again.");
                return;
            }
            response.setStatus(result.getResponse().getStatus());
            passOn(result.getResponse().getHeaders(), response.getHeaders());
            response.getHeaders().remove(HttpHeader.CONTENT_LENGTH);
            response.write(true, body == null ? BufferUtil.EMPTY_BUFFER : ByteBuffer.wrap(body), callback);
        }

        private static void passOn(HttpFields from, HttpFields.Mutable to) {
            for (HttpField field : from) {
                HttpField passed = HeaderRules.toBrowser(field);
                if (passed != null) {
                    to.add(passed);
                }
            }
        }
    }
}
