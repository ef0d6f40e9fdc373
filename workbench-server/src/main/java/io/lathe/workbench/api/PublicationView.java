package io.lathe.workbench.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.workbench.publication.Publication;
import io.lathe.workbench.publication.Report;
import io.lathe.workbench.registry.Judgement;
import java.util.Optional;

/**
 * A publication as the API tells it.
 *
 * @param trainedOn the dataset version the candidate says it was trained on
 * @param facts how the candidate came to be: {@code {"trainedAt","trainedOn","provenance":{…}}}
 * @param production the version it was compared with, on the same rows
 * @param comparison both row by row: {@code {"kind","difference","low","high",…}}
 * @param page where a person decides about the model
 * @param mayBeCancelled whether it may be cancelled now
 */
public record PublicationView(
        String id,
        String state,
        String model,
        String evaluateOn,
        Optional<Integer> version,
        Optional<Judgement> verdict,
        Optional<JsonNode> metrics,
        Optional<String> trainedOn,
        Optional<JsonNode> facts,
        Optional<ProductionView> production,
        Optional<JsonNode> comparison,
        Optional<SampleRequest> endpoint,
        String page,
        boolean mayBeCancelled,
        Optional<String> error) {
    public record ProductionView(int version, JsonNode metrics, Optional<JsonNode> facts) {}

    static PublicationView of(Publication publication, String serving, String workbench) {
        Optional<Report> report = publication.report();
        boolean inProduction = publication.version().isPresent()
                && report.filter(judged -> judged.verdict().outcome().equals("promoted"))
                        .isPresent();
        return new PublicationView(
                publication.id(),
                publication.state().wireName(),
                publication.model().value(),
                publication.evaluateOn(),
                publication.version().isPresent()
                        ? Optional.of(publication.version().getAsInt())
                        : Optional.empty(),
                report.map(Report::verdict),
                report.map(Report::metrics),
                report.flatMap(Report::trainedOn),
                report.flatMap(Report::facts),
                report.flatMap(Report::production).flatMap(PublicationView::production),
                report.flatMap(Report::comparison),
                report.filter(judged -> inProduction)
                        .map(judged ->
                                SampleRequest.of(serving, publication.model().value(), judged.sampleRow())),
                workbench + "/models/" + publication.model().value(),
                publication.state().mayBeCancelled() && !publication.cancelAsked(),
                publication.error());
    }

    private static Optional<ProductionView> production(Report.Compared compared) {
        return compared.metrics().map(metrics -> new ProductionView(compared.version(), metrics, compared.facts()));
    }
}
