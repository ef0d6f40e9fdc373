package io.lathe.workbench.proxy;

import io.lathe.datasets.problem.ProblemCode;
import java.net.ConnectException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Response.CompleteListener;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Forwards HTTP requests, streaming both ways; never holds a body. The request names its {@link OpenRequest} by an attribute.
 */
final class HttpForwarder extends ProxyHandler.Reverse {
    private static final String OPEN = OpenRequest.class.getName();

    private final ProxyLimits limits;
    private final Predicate<Credential> holds;
    private final Set<OpenRequest> open = ConcurrentHashMap.newKeySet();

    /** @param holds whether who sent a request may still have an answer */
    HttpForwarder(ProxyLimits limits, Predicate<Credential> holds) {
        super(Request::getHttpURI);
        this.limits = limits;
        this.holds = holds;
        setUseServerThreadPool(true);
    }

    void forward(
            Request request, Response response, Callback callback, Credential credential, Upstream.Running upstream) {
        if (request.getLength() > limits.bodyBytes()) {
            tooLong(request.getLength() + " bytes", response, callback);
            return;
        }
        // Both sides of a request may be silent for as long as the other; a download may be paused.
        EndPoint client = request.getConnectionMetaData().getConnection().getEndPoint();
        if (client.getIdleTimeout() < limits.silence().toMillis()) {
            client.setIdleTimeout(limits.silence().toMillis());
        }
        OpenRequest begun = new OpenRequest(request, credential, upstream);
        request.setAttribute(OPEN, begun);
        open.add(begun);
        Request.addCompletionListener(request, failure -> {
            open.remove(begun);
            begun.over();
        });
        if (!holds.test(credential)) {
            begun.cut(); // signed out between the first look and this one
        }
        handle(new BoundedBody(request, limits.bodyBytes()), response, callback);
    }

    /** Ends at once the requests of those who are not signed in any more. */
    void recheck() {
        Map<Credential, Boolean> known = new HashMap<>();
        for (OpenRequest each : open) {
            if (!known.computeIfAbsent(each.credential(), holds::test)) {
                each.cut();
            }
        }
    }

    private void tooLong(String length, Response response, Callback callback) {
        Answers.problem(
                response,
                callback,
                ProblemCode.TOO_LARGE,
                "The request is too large",
                "A request may have " + (limits.bodyBytes() >> 20) + " MiB, and this one has " + length
                        + ". Send a large file in pieces, as JupyterLab's file browser does.");
    }

    /** The request's path and query as the client wrote them, less any token. */
    static String target(Request request) {
        HttpURI uri = request.getHttpURI();
        String query = QueryToken.removed(uri.getQuery());
        return query == null || query.isEmpty() ? uri.getPath() : uri.getPath() + "?" + query;
    }

    @Override
    protected void configureHttpClient(HttpClient client) {
        super.configureHttpClient(client);
        configure(client, limits);
        client.setMaxConnectionsPerDestination(256);
        client.setMaxRequestsQueuedPerDestination(1_024);
    }

    /** What both clients towards notebook servers have in common. */
    static void configure(HttpClient client, ProxyLimits limits) {
        client.setFollowRedirects(false);
        client.setUserAgentField(null);
        client.setConnectTimeout(limits.connect().toMillis());
        client.setIdleTimeout(limits.silence().toMillis());
        client.setResponseBufferSize(ProjectProxy.BUFFER_BYTES);
        client.setRequestBufferSize(ProjectProxy.HEADER_BYTES + 8 * 1024);
        client.setMaxResponseHeadersSize(ProjectProxy.HEADER_BYTES);
    }

    @Override
    protected org.eclipse.jetty.client.Request newProxyToServerRequest(Request request, HttpURI uri) {
        OpenRequest open = open(request);
        Upstream.Running upstream = open.upstream();
        org.eclipse.jetty.client.Request toServer = getHttpClient()
                .newRequest(upstream.host(), upstream.port())
                .method(request.getMethod())
                .path(target(request));
        open.begun(toServer);
        return toServer;
    }

    @Override
    protected void copyRequestHeaders(Request request, org.eclipse.jetty.client.Request toServer) {
        OpenRequest open = open(request);
        toServer.headers(headers -> headers.clear()
                .add(HeaderRules.toServer(
                        request, open.upstream(), open.credential().client())));
    }

    @Override
    protected void addProxyHeaders(Request request, org.eclipse.jetty.client.Request toServer) {
        // HeaderRules has added what a notebook server may know.
    }

    @Override
    protected @Nullable HttpField filterServerToProxyResponseField(HttpField field) {
        return HeaderRules.toBrowser(field);
    }

    @Override
    protected CompleteListener newServerToProxyResponseListener(
            Request request, org.eclipse.jetty.client.Request toServer, Response response, Callback callback) {
        return new ProxyResponseListener(request, toServer, response, callback) {
            @Override
            public void onHeaders(org.eclipse.jetty.client.Response fromServer) {
                open(request).answering();
                super.onHeaders(fromServer);
                HeaderRules.complete(response.getHeaders());
            }
        };
    }

    @Override
    protected void onServerToProxyResponseFailure(
            Request request,
            org.eclipse.jetty.client.Request toServer,
            org.eclipse.jetty.client.Response fromServer,
            Response response,
            Callback callback,
            Throwable failure) {
        if (response.isCommitted()) {
            // The status is sent, so only a broken connection can still tell that the body is not whole.
            callback.failed(failure);
            return;
        }
        response.reset();
        if (open(request).isCut()) {
            Answers.problem(
                    response,
                    callback,
                    ProblemCode.UNAUTHENTICATED,
                    "Not signed in any more",
                    "The notebook server may have done what was asked. Open the project from the workbench again, and look.");
        } else if (failure instanceof BoundedBody.TooLong || failure.getCause() instanceof BoundedBody.TooLong) {
            tooLong("more", response, callback);
        } else if (failure instanceof BoundedBody.Broken || failure.getCause() instanceof BoundedBody.Broken) {
            Answers.problem(
                    response,
                    callback,
                    ProblemCode.BAD_REQUEST,
                    "The request's body is not whole",
                    "It ended too early, or its chunks do not add up; the notebook server did not get all of it. Send it again.");
        } else if (failure instanceof ConnectException) {
            Answers.problem(
                    response,
                    callback,
                    ProblemCode.UNAVAILABLE,
                    "The notebook server cannot be reached",
                    "Nothing was sent to it. Look at the project's page; it may need to be started again.");
        } else if (failure instanceof TimeoutException) {
            Answers.problem(
                    response,
                    callback,
                    ProblemCode.TIMEOUT,
                    "The notebook server did not answer in time",
                    "It may still be at work on this request; look before you send it again.");
        } else {
            Answers.problem(
                    response,
                    callback,
                    ProblemCode.OUTCOME_UNKNOWN,
                    "The connection to the notebook server broke",
                    "It may or may not have done what was asked; look before you send it again.");
        }
    }

    private static OpenRequest open(Request request) {
        if (request.getAttribute(OPEN) instanceof OpenRequest open) {
            return open;
        }
        throw new IllegalStateException(
                "Request that was not forwarded: " + request.getHttpURI().getPath());
    }
}
