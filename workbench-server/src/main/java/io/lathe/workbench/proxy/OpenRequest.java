package io.lathe.workbench.proxy;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** A request on its way to a notebook server and back, which may take as long as a large file does. Guarded by its own lock. */
final class OpenRequest {
    private final EndPoint client;
    private final Credential credential;
    private final Upstream.Running upstream;
    private org.eclipse.jetty.client.@Nullable Request toServer;
    private boolean answering;
    private boolean cut;
    private boolean over;

    OpenRequest(Request request, Credential credential, Upstream.Running upstream) {
        this.client = request.getConnectionMetaData().getConnection().getEndPoint();
        this.credential = credential;
        this.upstream = upstream;
    }

    Credential credential() {
        return credential;
    }

    Upstream.Running upstream() {
        return upstream;
    }

    /** The request that goes to the notebook server. */
    void begun(org.eclipse.jetty.client.Request begun) {
        synchronized (this) {
            toServer = begun;
            if (!cut) {
                return;
            }
        }
        abort(begun);
    }

    /** The notebook server's status and headers are there, and go to the client next. */
    synchronized void answering() {
        answering = true;
    }

    /** The client's connection is free for its next request, with which this one has nothing to do. */
    synchronized void over() {
        over = true;
    }

    /** Whether it was ended here, not by a side. */
    synchronized boolean isCut() {
        return cut;
    }

    /** Ends it on both sides: with an answer, or, when that has begun already, with the connection. */
    void cut() {
        boolean broken;
        org.eclipse.jetty.client.Request begun;
        synchronized (this) {
            if (over) {
                return;
            }
            cut = true;
            broken = answering;
            begun = toServer;
        }
        if (broken) {
            client.close(); // a reader that takes nothing would never learn it otherwise
        }
        if (begun != null) {
            abort(begun);
        }
    }

    private static void abort(org.eclipse.jetty.client.Request begun) {
        CompletableFuture<Boolean> ignored = begun.abort(new CancellationException("Not signed in any more"));
    }
}
