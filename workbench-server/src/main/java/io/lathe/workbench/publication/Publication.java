package io.lathe.workbench.publication;

import io.lathe.workbench.event.JobId;
import io.lathe.workbench.registry.ModelName;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One attempt to publish a bundle.
 *
 * @param evaluateOn dataset version with its number, as {@code penguins-test@v1}
 * @param events the log of its steps
 * @param version the version it became, if it became one
 * @param report what was measured and judged, once it was
 * @param error why it failed, if it did
 * @param cancelAsked whether somebody wants it cancelled
 */
public record Publication(
        String id,
        String ownerId,
        String projectId,
        ModelName model,
        String evaluateOn,
        PublicationState state,
        JobId events,
        OptionalInt version,
        Optional<Report> report,
        Optional<String> error,
        boolean cancelAsked,
        Instant createdAt) {
    /** What was measured and judged. Called in states that follow the judgement only. */
    Report judged() {
        return report.orElseThrow(() -> new IllegalStateException("Publication " + id + " has no report"));
    }
}
