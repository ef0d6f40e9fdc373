package io.lathe.serving;

import io.lathe.models.publish.BuiltBundle;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Route documents as a workbench writes them: one model {@code tiny}, the consumer {@code web} that may call it, {@code other} that may not. */
record RoutesJson(long version, Map<String, Integer> aliases, Map<Integer, String> versions) {

    static final String WEB_TOKEN = "web-token-0123456789";
    static final String OTHER_TOKEN = "other-token-0123456789";

    static RoutesJson of(long version) {
        return new RoutesJson(version, Map.of(), Map.of());
    }

    RoutesJson with(int number, BuiltBundle bundle) {
        return with(number, TinyModels.id(bundle));
    }

    RoutesJson with(int number, String bundle) {
        Map<Integer, String> more = new TreeMap<>(versions);
        more.put(number, bundle);
        return new RoutesJson(version, aliases, more);
    }

    RoutesJson alias(String alias, int number) {
        Map<String, Integer> more = new TreeMap<>(aliases);
        more.put(alias, number);
        return new RoutesJson(version, more, versions);
    }

    RoutesJson production(int number) {
        return alias("production", number);
    }

    byte[] bytes() {
        String aliasFields = aliases.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
                .collect(Collectors.joining(","));
        String versionObjects = versions.entrySet().stream()
                .map(entry -> "{\"version\":" + entry.getKey() + ",\"bundle\":\"" + entry.getValue() + "\"}")
                .collect(Collectors.joining(","));
        return """
                {"version": %d,
                 "models": [{"name": "tiny", "aliases": {%s}, "versions": [%s]}],
                 "consumers": [{"name": "web", "tokenSha256": "%s", "models": ["tiny"]},
                               {"name": "other", "tokenSha256": "%s", "models": ["another"]}]}
                """.formatted(version, aliasFields, versionObjects, sha256(WEB_TOKEN), sha256(OTHER_TOKEN))
                .getBytes(StandardCharsets.UTF_8);
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
