package io.lathe.workbench.access;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;

/**
 * A loopback address of its own for every project, where {@code *.localhost} does not resolve. A project keeps its address for ever; it is
 * drawn at random, so that another workbench on this machine, whose cookies a browser would mix up with ours, hardly has the same.
 */
public final class NotebookAddresses implements NotebookHosts {
    /** 127.64.0.1 to 127.127.255.254; 127.0.0.0/16, which other programs use, is far away. */
    private static final Pattern ADDRESS = Pattern.compile("127\\.(6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])(\\.\\d{1,3}){2}");

    private static final int ATTEMPTS = 20;

    private final Jdbi jdbi;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, String> projects = new ConcurrentHashMap<>(); // by address; both only grow
    private final Map<String, String> addresses = new ConcurrentHashMap<>(); // by project
    private volatile Consumer<String> listener = address -> {};

    public NotebookAddresses(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public Optional<String> findProject(String host) {
        return ADDRESS.matcher(host).matches() ? Optional.ofNullable(projects.get(host)) : Optional.empty();
    }

    @Override
    public String host(String project) {
        String known = addresses.get(project);
        return known == null ? assign(project) : known;
    }

    @Override
    public String policy() {
        return "*";
    }

    @Override
    public synchronized void listen(Consumer<String> newListener) {
        listener = newListener;
        Map<String, String> stored = jdbi.withHandle(
                handle -> handle.createQuery("SELECT name, address FROM project WHERE address IS NOT NULL")
                        .setMapKeyColumn("name")
                        .setMapValueColumn("address")
                        .collectInto(new org.jdbi.v3.core.generic.GenericType<Map<String, String>>() {}));
        stored.forEach(this::use);
    }

    private synchronized String assign(String project) {
        String known = addresses.get(project);
        if (known != null) {
            return known;
        }
        String address = jdbi.inTransaction(handle -> {
            for (int i = 0; i < ATTEMPTS; i++) {
                handle.createUpdate("""
                                UPDATE OR IGNORE project SET address = :address
                                WHERE name = :project AND address IS NULL""")
                        .bind("address", draw())
                        .bind("project", project)
                        .execute();
                Optional<String> stored = handle.createQuery("SELECT address FROM project WHERE name = :project")
                        .bind("project", project)
                        .mapTo(String.class)
                        .findOne();
                if (stored.isPresent()) {
                    return stored.get();
                }
            }
            throw new LatheException(
                    ProblemCode.NOT_FOUND, "There is no project '" + project + "', so it has no address of its own.");
        });
        use(project, address);
        return address;
    }

    private void use(String project, String address) {
        listener.accept(address);
        projects.put(address, project);
        addresses.put(project, address);
    }

    private String draw() {
        return "127." + random.nextInt(64, 128) + "." + random.nextInt(256) + "." + random.nextInt(1, 255);
    }
}
