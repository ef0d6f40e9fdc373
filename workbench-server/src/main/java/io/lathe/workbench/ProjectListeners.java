package io.lathe.workbench;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.web.ConnectionBounds;
import io.lathe.workbench.proxy.ProjectProxy;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Lets a running server listen on more loopback addresses, at its own port. */
record ProjectListeners(Server server, ServerConnector first) {
    static ProjectListeners of(Server server) {
        ServerConnector first = (ServerConnector) server.getConnectors()[0];
        ProjectProxy.widen(first.getConnectionFactory(HttpConnectionFactory.class));
        return new ProjectListeners(server, first);
    }

    /** @throws LatheException UNAVAILABLE when the address is not this machine's, or its port is taken */
    void open(String address) {
        HttpConnectionFactory http = first.getConnectionFactory(HttpConnectionFactory.class);
        // One thread each, which accepts and selects: there may be many projects, hardly any in use.
        HttpConnectionFactory own = new HttpConnectionFactory(http.getHttpConfiguration());
        ProjectProxy.widen(own);
        ServerConnector connector = new ServerConnector(
                server, first.getExecutor(), first.getScheduler(), first.getByteBufferPool(), 0, 1, own);
        connector.setHost(address);
        connector.setPort(first.getLocalPort());
        connector.setIdleTimeout(first.getIdleTimeout());
        connector.addEventListener(server.getDescendant(ConnectionBounds.class));
        try {
            connector.open();
            server.addConnector(connector);
            connector.start();
        } catch (Exception e) {
            server.removeConnector(connector);
            connector.close();
            throw new LatheException(
                    ProblemCode.UNAVAILABLE,
                    "Port " + connector.getPort() + " on " + address
                            + ", a project's own address, cannot be listened on: "
                            + e.getMessage()
                            + ". On macOS only 127.0.0.1 is there: add the address with 'sudo ifconfig lo0 alias "
                            + address
                            + " up'. Elsewhere another program has the port: start with another --port, or with --notebook-hosts names.",
                    e);
        }
    }
}
