package io.lathe.workbench.access;

import java.time.Clock;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** The people who use this workbench. With the {@code process} provisioner, which isolates nothing, there is exactly one. */
public final class Accounts {
    private final Jdbi jdbi;
    private final Clock clock;

    public Accounts(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** The id of the one account, made at the first call. */
    public String ownerId() {
        return jdbi.inTransaction(handle -> handle.createQuery("SELECT id FROM account ORDER BY created_at LIMIT 1")
                .mapTo(String.class)
                .findOne()
                .orElseGet(() -> {
                    String id = UUID.randomUUID().toString();
                    handle.execute(
                            "INSERT INTO account (id, name, created_at) VALUES (?, 'owner', ?)", id, clock.millis());
                    return id;
                }));
    }
}
