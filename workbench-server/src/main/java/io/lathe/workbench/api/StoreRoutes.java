package io.lathe.workbench.api;

import io.javalin.http.Context;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.store.ByteRange;
import io.lathe.datasets.store.Content;
import io.lathe.datasets.store.Listing;
import io.lathe.datasets.store.ObjectInfo;
import io.lathe.datasets.store.ObjectKey;
import io.lathe.datasets.store.ObjectStore;
import io.lathe.workbench.store.StoreRights;
import io.lathe.workbench.store.Uploads;
import io.lathe.workbench.web.Body;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The object store over HTTP, within the caller's rights. */
public final class StoreRoutes {
    private static final int MOST_REFERENCE_BYTES = 16 << 20;

    public record StoreKeys(List<String> keys, boolean more) {}

    private final ObjectStore store;
    private final Function<Context, StoreRights> rights;
    private final Uploads uploads;
    private final Function<Context, String> project;

    /**
     * @param rights what the sender of a request may do
     * @param project whose request it is, for sharing the seats of uploads
     */
    public StoreRoutes(
            ObjectStore store,
            Function<Context, StoreRights> rights,
            Uploads uploads,
            Function<Context, String> project) {
        this.store = store;
        this.rights = rights;
        this.uploads = uploads;
        this.project = project;
    }

    public void read(Context ctx) throws IOException {
        ObjectKey key = key(ctx);
        rights.apply(ctx).requireRead(key);
        ObjectInfo info = store.find(key).orElseThrow(() -> missing(key));
        Optional<RangeHeader.Range> range = RangeHeader.parse(ctx.header("Range"), info.bytes());
        ctx.header("ETag", quoted(info.tag())).header("Accept-Ranges", "bytes");
        ctx.contentType("application/octet-stream").disableCompression();
        if (range.isPresent() && range.get().length() == 0) {
            ctx.header("Content-Range", "bytes */" + info.bytes());
            throw new LatheException(
                    ProblemCode.RANGE_NOT_SATISFIABLE,
                    "'" + key + "' has " + info.bytes() + " bytes; ask for a part of those.");
        }
        long length = range.map(RangeHeader.Range::length).orElse(info.bytes());
        ctx.res().setContentLengthLong(length);
        range.ifPresent(part -> ctx.status(206).header("Content-Range", part.contentRange(info.bytes())));
        if (ctx.req().getMethod().equals("HEAD") || length == 0) {
            return;
        }
        ByteRange part = range.map(asked -> new ByteRange(asked.offset(), asked.length()))
                .orElse(ByteRange.ALL);
        try (InputStream in = store.open(key, part)) {
            ctx.res().setStatus(ctx.statusCode());
            in.transferTo(ctx.res().getOutputStream());
        }
    }

    public void write(Context ctx) throws IOException {
        ObjectKey key = key(ctx);
        rights.apply(ctx).requireWrite(key);
        String expected = ctx.header("If-Match");
        boolean fresh = "*".equals(ctx.header("If-None-Match"));
        if (fresh == (expected != null)) {
            throw new LatheException(
                    ProblemCode.PRECONDITION_REQUIRED,
                    "Writing to the store needs If-None-Match: * for what is new, or If-Match with the tag it had.");
        }
        if (key.isReference()) {
            byte[] content = ctx.bodyInputStream().readNBytes(MOST_REFERENCE_BYTES + 1);
            if (content.length > MOST_REFERENCE_BYTES) {
                throw new LatheException(ProblemCode.TOO_LARGE, "A reference may have at most 16 MiB.");
            }
            Optional<String> seen = store.find(key).map(ObjectInfo::tag);
            if (!seen.equals(Optional.ofNullable(expected).map(StoreRoutes::unquoted))) {
                throw moved(key);
            }
            rights.apply(ctx).requireReference(key, content);
            String tag = store.compareAndSwap(key, seen, content).orElseThrow(() -> moved(key));
            ctx.status(fresh ? 201 : 200).header("ETag", quoted(tag));
        } else if (fresh) {
            writeObject(ctx, key);
        } else {
            throw new LatheException(
                    ProblemCode.CONFLICT,
                    "Only references change; '" + key + "' is written once, with If-None-Match: *.");
        }
    }

    private void writeObject(Context ctx, ObjectKey key) throws IOException {
        StoreRights may = rights.apply(ctx);
        Path file = uploads.receive(
                ctx.bodyInputStream(), ctx.req().getContentLengthLong(), project.apply(ctx), may.mostBytes(key));
        try {
            may.requireObject(key, Content.of(file));
            if (!store.putIfAbsent(key, Content.of(file))) {
                throw moved(key);
            }
        } finally {
            Files.deleteIfExists(file);
        }
        ctx.status(201);
        store.find(key).ifPresent(info -> ctx.header("ETag", quoted(info.tag())));
    }

    public void list(Context ctx) {
        String prefix = text(ctx.queryParam("prefix"));
        Listing listing = rights.apply(ctx)
                .list(store, prefix, text(ctx.queryParam("after")), Body.query(ctx, "limit", 1_000, 1, 1_000));
        Body.answer(
                ctx, new StoreKeys(listing.keys().stream().map(ObjectKey::value).toList(), listing.more()));
    }

    private static ObjectKey key(Context ctx) {
        return new ObjectKey(ctx.pathParam("key"));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static LatheException missing(ObjectKey key) {
        return new LatheException(ProblemCode.NOT_FOUND, "There is no object '" + key + "' in the store.");
    }

    private static LatheException moved(ObjectKey key) {
        return new LatheException(
                ProblemCode.PRECONDITION_FAILED,
                "'" + key + "' is not in the state the request expects. Read it again first.");
    }

    private static String quoted(String tag) {
        return "\"" + tag + "\"";
    }

    private static String unquoted(String etag) {
        return etag.length() >= 2 && etag.startsWith("\"") && etag.endsWith("\"")
                ? etag.substring(1, etag.length() - 1)
                : etag;
    }
}
