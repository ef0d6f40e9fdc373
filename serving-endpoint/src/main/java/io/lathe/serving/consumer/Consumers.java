package io.lathe.serving.consumer;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.serving.route.RouteDocument;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The consumers of the current route document. Thread-safe; replaced as a whole. */
public final class Consumers {

    private static final int LONGEST_TOKEN = 512;

    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
    private record Known(byte[] tokenSha256, Consumer consumer) {}

    private volatile @Nullable List<Known> known;

    public void replace(List<RouteDocument.Caller> callers) {
        known = callers.stream()
                .map(caller -> new Known(
                        HexFormat.of().parseHex(caller.tokenSha256()),
                        new Consumer(caller.name(), Set.copyOf(caller.models()))))
                .toList();
    }

    /**
     * The consumer whose token the {@code Authorization} header carries. Throws UNAUTHENTICATED without one or with a wrong one,
     * UNAVAILABLE while no route document is known. Takes the same time whichever consumer matches, and whether one does.
     */
    public Consumer load(Optional<String> authorization) {
        String token = authorization
                .filter(header -> header.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(header -> header.substring(7).strip())
                .filter(text -> !text.isEmpty() && text.length() <= LONGEST_TOKEN)
                .orElseThrow(() -> new LatheException(
                        ProblemCode.UNAUTHENTICATED,
                        "A consumer's token is needed: send the header Authorization: Bearer TOKEN."));
        List<Known> all = known;
        if (all == null) {
            throw new LatheException(
                    ProblemCode.UNAVAILABLE, "The endpoint does not know its routes yet. Try again shortly.");
        }
        byte[] hash = sha256(token);
        @Nullable Consumer found = null;
        for (Known candidate : all) {
            if (MessageDigest.isEqual(candidate.tokenSha256(), hash)) {
                found = candidate.consumer();
            }
        }
        if (found == null) {
            throw new LatheException(ProblemCode.UNAUTHENTICATED, "The token is not one of a known consumer.");
        }
        return found;
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
