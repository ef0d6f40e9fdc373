package io.lathe.datasets.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;

/**
 * The object store of a workbench, over the project-scoped API. Objects are fetched in parts of bounded size, each with its own deadline. When the answer to a write is lost, the store is read back: the
 * write is reported as done, as not done, or as OUTCOME_UNKNOWN, never guessed.
 */
public final class HttpObjectStore implements ObjectStore {
    static final int PART_BYTES = 8 << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI store;
    private final HttpExchanges exchanges;

    /**
     * Opens nothing yet.
     *
     * @param projectApi as {@code http://127.0.0.1:8080/api/v1/project}
     * @param bearerToken the project's token
     */
    public HttpObjectStore(URI projectApi, String bearerToken) {
        this.store = URI.create(projectApi.toString().replaceAll("/+$", "") + "/store/");
        this.exchanges = new HttpExchanges(projectApi, bearerToken);
    }

    @Override
    public Optional<ObjectInfo> find(ObjectKey key) {
        var answer = exchanges.ask(request(key).method("HEAD", BodyPublishers.noBody()), 0);
        if (answer.statusCode() == 404) {
            return Optional.empty();
        }
        requireStatus(answer, 200);
        var bytes = answer.headers().firstValueAsLong("Content-Length").orElse(0);
        return Optional.of(new ObjectInfo(key, bytes, loadTag(answer)));
    }

    @Override
    public InputStream open(ObjectKey key, ByteRange range) {
        return new HttpPartsInputStream(
                (offset, length) -> {
                    var answer = exchanges.ask(
                            request(key).GET().header("Range", "bytes=" + offset + "-" + (offset + length - 1)),
                            length);
                    if (answer.statusCode() != 416) {
                        requireStatus(answer, 200, 206);
                    }
                    return answer;
                },
                key,
                range);
    }

    @Override
    public boolean putIfAbsent(ObjectKey key, Content content) {
        ContentNames.expectedSha256(key);
        // Asking first spares the upload of what is there, which is the common case.
        if (find(key).isPresent()) {
            return false;
        }
        var bytes = content.bytes();
        var request = request(key).header("If-None-Match", "*").PUT(body(content, bytes));
        var answer = exchanges.write(request, bytes, () -> readBack(key, content));
        answer.ifPresent(given -> requireStatus(given, 200, 201, 412));
        return answer.map(given -> given.statusCode() != 412).orElse(true);
    }

    @Override
    public Optional<String> compareAndSwap(ObjectKey reference, Optional<String> expectedTag, byte[] content) {
        if (!reference.isReference()) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST, "'" + reference + "' never changes: only keys below refs/ can be moved.");
        }
        var request = request(reference).PUT(BodyPublishers.ofByteArray(content));
        expectedTag.ifPresentOrElse(
                tag -> request.header("If-Match", '"' + tag + '"'), () -> request.header("If-None-Match", "*"));
        var answer = exchanges.write(request, content.length, () -> readBack(reference, expectedTag, content));
        if (answer.isEmpty()) {
            return Optional.of(find(reference)
                    .map(ObjectInfo::tag)
                    .orElseThrow(() -> new LatheException(
                            ProblemCode.OUTCOME_UNKNOWN,
                            reference + " was written and is gone again. Look at it before writing again.")));
        }
        requireStatus(answer.get(), 200, 201, 412);
        return answer.get().statusCode() == 412 ? Optional.empty() : Optional.of(loadTag(answer.get()));
    }

    @Override
    public Listing list(String prefix, String after, int limit) {
        var query = "list?prefix=" + encoded(prefix) + "&after=" + encoded(after) + "&limit=" + limit;
        var answer = exchanges.ask(HttpRequest.newBuilder(store.resolve(query)).GET(), PART_BYTES);
        requireStatus(answer, 200);
        var document = json(answer.body());
        var keys = new ArrayList<ObjectKey>();
        document.path("keys").forEach(key -> keys.add(new ObjectKey(key.asText())));
        return new Listing(keys, document.path("more").asBoolean());
    }

    private HttpExchanges.ReadBack readBack(ObjectKey key, Content content) {
        var there = find(key);
        if (there.isEmpty()) {
            return HttpExchanges.ReadBack.NOT_DONE;
        }
        var hash = Sha256.of(stored(key));
        return hash.equals(Sha256.of(content)) ? HttpExchanges.ReadBack.DONE : HttpExchanges.ReadBack.NOT_DONE;
    }

    private HttpExchanges.ReadBack readBack(ObjectKey reference, Optional<String> expectedTag, byte[] content) {
        var there = find(reference);
        if (there.map(ObjectInfo::tag).equals(expectedTag)) {
            return HttpExchanges.ReadBack.NOT_DONE;
        }
        return there.isPresent() && Arrays.equals(readAll(reference, PART_BYTES), content)
                ? HttpExchanges.ReadBack.DONE
                : HttpExchanges.ReadBack.UNKNOWN;
    }

    private Content stored(ObjectKey key) {
        return new Content() {
            @Override
            public long bytes() {
                return -1;
            }

            @Override
            public InputStream open() {
                return HttpObjectStore.this.open(key, ByteRange.ALL);
            }
        };
    }

    private HttpRequest.Builder request(ObjectKey key) {
        return HttpRequest.newBuilder(store.resolve("objects/" + key.value()));
    }

    private static BodyPublisher body(Content content, long bytes) {
        if (bytes == 0) {
            return BodyPublishers.noBody();
        }
        var stream = BodyPublishers.ofInputStream(content::open);
        return bytes < 0 ? stream : BodyPublishers.fromPublisher(stream, bytes);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String loadTag(HttpResponse<byte[]> answer) {
        return answer.headers()
                .firstValue("ETag")
                .map(tag -> tag.replaceFirst("^W/", "").replace("\"", ""))
                .orElseThrow(() -> new LatheException(
                        ProblemCode.INTERNAL, "The workbench answered " + answer.uri() + " without an ETag."));
    }

    private static void requireStatus(HttpResponse<byte[]> answer, int... wanted) {
        var status = answer.statusCode();
        if (Arrays.stream(wanted).anyMatch(each -> each == status)) {
            return;
        }
        var problem = answer.body().length == 0 ? JSON.nullNode() : lenientJson(answer.body());
        var code = ProblemCode.findByType(problem.path("type").asText())
                .or(() -> ProblemCode.findByStatus(status))
                .orElse(status < 500 ? ProblemCode.BAD_REQUEST : ProblemCode.INTERNAL);
        var detail = problem.path("detail").asText();
        throw new LatheException(
                code,
                detail.isEmpty()
                        ? "The workbench answered " + status + " to "
                                + answer.request().method() + " " + answer.uri().getPath() + "; look at its log."
                        : detail);
    }

    private static JsonNode json(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (java.io.IOException e) {
            throw new LatheException(ProblemCode.INTERNAL, "The workbench's listing is not JSON.", e);
        }
    }

    private static JsonNode lenientJson(byte[] bytes) {
        try {
            return JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            // An error page of something in between: its status says enough.
            return JSON.nullNode();
        }
    }
}
