package io.lathe.models.bundle;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.schema.SchemaText;
import io.lathe.datasets.store.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a bundle, format 0. Equal contents give equal bytes. */
public final class BundleWriter {
    // A fixed date, the earliest a zip can hold without time zones coming in.
    private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private BundleWriter() {}

    /** @throws LatheException {@code too-large} when an entry exceeds what {@link BundleReader} would accept */
    public static byte[] write(BundleContents contents) {
        Map<BundleEntry, byte[]> entries = new EnumMap<>(BundleEntry.class);
        entries.put(BundleEntry.MODEL, contents.modelFile());
        entries.put(BundleEntry.TRANSFORMS, utf8(contents.features().toJson()));
        entries.put(
                BundleEntry.CONTRACT, utf8(SchemaText.print(contents.features().contract())));
        entries.put(BundleEntry.METRICS, utf8(contents.metrics().toJson()));
        entries.put(BundleEntry.SAMPLES, contents.samples().toJson());
        Map<String, BundleManifest.FileHash> files = new TreeMap<>();
        entries.forEach((entry, bytes) ->
                files.put(entry.entryName(), new BundleManifest.FileHash(Sha256.of(bytes), bytes.length)));
        BundleManifest manifest = new BundleManifest(
                contents.features().response().kind(),
                contents.model(),
                contents.createdAt(),
                files,
                contents.labels(),
                contents.trainedOn(),
                contents.evaluatedOn(),
                contents.provenance());
        entries.put(BundleEntry.MANIFEST, manifest.toJson());
        entries.forEach(BundleWriter::requireSize);
        return zip(entries);
    }

    private static byte[] zip(Map<BundleEntry, byte[]> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (var entry : entries.entrySet()) {
                ZipEntry header = new ZipEntry(entry.getKey().entryName());
                header.setTimeLocal(ENTRY_TIME);
                zip.putNextEntry(header);
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new LatheException(ProblemCode.INTERNAL, "The bundle could not be written.", e);
        }
        return bytes.toByteArray();
    }

    private static void requireSize(BundleEntry entry, byte[] bytes) {
        if (bytes.length > entry.maxBytes()) {
            throw new LatheException(
                    ProblemCode.TOO_LARGE,
                    "%s would have %d bytes; at most %d are allowed in a bundle."
                            .formatted(entry.entryName(), bytes.length, entry.maxBytes()));
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
