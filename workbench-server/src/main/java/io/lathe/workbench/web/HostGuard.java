package io.lathe.workbench.web;

import io.lathe.datasets.problem.ProblemCode;
import io.lathe.web.BareHeaders;
import io.lathe.workbench.access.Hosts;
import io.lathe.workbench.json.Json;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The outermost handler: answers 421 to every request whose {@code Host} is not ours, before anything else looks at it. */
public final class HostGuard extends Handler.Wrapper {
    private final Hosts hosts;

    public HostGuard(Hosts hosts) {
        this.hosts = hosts;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (hosts.resolve(request.getHeaders().get(HttpHeader.HOST)) instanceof Hosts.Host.Unknown) {
            response.setStatus(HttpStatus.MISDIRECTED_REQUEST_421);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
            BareHeaders.put(response.getHeaders());
            Problem problem = Problem.of(
                    ProblemCode.MISDIRECTED,
                    "This workbench does not answer to that host name. Open " + hosts.workbenchOrigin());
            response.write(true, StandardCharsets.UTF_8.encode(Json.write(problem)), callback);
            return true;
        }
        return super.handle(request, response, callback);
    }
}
