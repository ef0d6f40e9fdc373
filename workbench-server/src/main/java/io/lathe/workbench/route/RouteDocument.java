package io.lathe.workbench.route;

import java.util.List;
import java.util.Map;

/** What the serving endpoint should serve, as it goes over the wire. */
public record RouteDocument(int version, List<RoutedModel> models, List<RoutedConsumer> consumers) {
    public record RoutedModel(String name, Map<String, Integer> aliases, List<RoutedVersion> versions) {}

    public record RoutedVersion(int version, String bundle) {}

    public record RoutedConsumer(String name, String tokenSha256, List<String> models) {}
}
