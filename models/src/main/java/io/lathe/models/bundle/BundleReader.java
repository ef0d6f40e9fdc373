package io.lathe.models.bundle;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import io.lathe.datasets.schema.Schema;
import io.lathe.datasets.schema.SchemaText;
import io.lathe.datasets.store.Content;
import io.lathe.datasets.store.Sha256;
import io.lathe.models.evaluation.Metrics;
import io.lathe.models.features.FittedFeatures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;

/**
 * Opens a bundle that may be hostile. Entries are looked up in a fixed list of names, so no name from the file is ever a path;
 * sizes are bounded before anything is inflated; every hash is verified; no class is loaded.
 */
public final class BundleReader {
    /** The largest bundle that is opened, in bytes. */
    public static final int MAX_BYTES = 64 << 20;

    private static final int MAX_INFLATED_BYTES = 72 << 20;
    /** An inflated size beyond this many times the compressed one is a bomb; small entries may compress well. */
    private static final int MAX_RATIO = 200;

    private static final int FREE_OF_RATIO = 1 << 20;

    private BundleReader() {}

    /**
     * The bundle in {@code zip}.
     *
     * @throws LatheException {@code too-large} or {@code bad-request}; the message says what is wrong and never quotes the file at length
     */
    public static Bundle open(Content zip) {
        return open(read(zip));
    }

    private static Bundle open(byte[] zip) {
        Map<BundleEntry, byte[]> entries = inflate(zip);
        byte[] manifestJson = require(entries, BundleEntry.MANIFEST);
        BundleManifest manifest = BundleManifest.fromJson(manifestJson);
        verify(manifest, entries);
        FittedFeatures<?> features = FittedFeatures.fromJson(utf8(entries, BundleEntry.TRANSFORMS));
        if (features.response().kind() != manifest.kind()) {
            throw ZipDirectory.bad("its transforms are those of a model that answers %s, but its kind is %s."
                    .formatted(
                            features.response().kind().answers(),
                            manifest.kind().wireName()));
        }
        Schema contract = SchemaText.parse(utf8(entries, BundleEntry.CONTRACT));
        if (!contract.equals(SchemaText.parse(SchemaText.print(features.contract())))) {
            throw ZipDirectory.bad("its input contract is not the one its transforms need.");
        }
        return new Bundle(
                new BundleId(Sha256.of(manifestJson)),
                manifest,
                require(entries, BundleEntry.MODEL),
                features,
                contract,
                Metrics.fromJson(manifest.kind(), utf8(entries, BundleEntry.METRICS)),
                Samples.fromJson(manifest.kind(), require(entries, BundleEntry.SAMPLES)));
    }

    private static Map<BundleEntry, byte[]> inflate(byte[] zip) {
        ZipDirectory directory = ZipDirectory.of(zip);
        Map<BundleEntry, ZipDirectory.Entry> listed = new EnumMap<>(BundleEntry.class);
        long total = 0;
        for (ZipDirectory.Entry entry : directory.entries(BundleEntry.values().length)) {
            Optional<BundleEntry> known = BundleEntry.find(entry.name());
            if (known.isEmpty()) {
                throw ZipDirectory.bad(
                        "it has an entry named '%s', which is none of a bundle's.".formatted(Shown.of(entry.name())));
            }
            if (listed.putIfAbsent(known.get(), entry) != null) {
                throw ZipDirectory.bad("it has two entries named %s.".formatted(entry.name()));
            }
            requireSize(known.get(), entry);
            total += entry.size();
        }
        if (total > MAX_INFLATED_BYTES) {
            throw tooLarge("Inflated, the bundle would have %d bytes; at most %d are allowed."
                    .formatted(total, MAX_INFLATED_BYTES));
        }
        Map<BundleEntry, byte[]> entries = new EnumMap<>(BundleEntry.class);
        listed.forEach((known, entry) -> entries.put(known, directory.read(entry)));
        return entries;
    }

    private static void requireSize(BundleEntry known, ZipDirectory.Entry entry) {
        if (entry.size() > known.maxBytes()) {
            throw tooLarge("%s would have %d bytes; at most %d are allowed."
                    .formatted(known.entryName(), entry.size(), known.maxBytes()));
        }
        if (entry.size() > FREE_OF_RATIO && entry.size() / MAX_RATIO > entry.compressedSize()) {
            throw tooLarge("%s inflates to more than %d times its size.".formatted(known.entryName(), MAX_RATIO));
        }
    }

    private static void verify(BundleManifest manifest, Map<BundleEntry, byte[]> entries) {
        HashSet<String> described = new HashSet<>(manifest.files().keySet());
        for (BundleEntry entry : BundleEntry.described()) {
            byte[] bytes = require(entries, entry);
            BundleManifest.FileHash hash = manifest.files().get(entry.entryName());
            if (hash == null || hash.bytes() != bytes.length || !hash.sha256().equals(Sha256.of(bytes))) {
                throw ZipDirectory.bad("%s is not the file that bundle.json describes (size or hash differs)."
                        .formatted(entry.entryName()));
            }
            described.remove(entry.entryName());
        }
        if (!described.isEmpty()) {
            throw ZipDirectory.bad("bundle.json describes files that a bundle doesn't have.");
        }
    }

    private static byte[] require(Map<BundleEntry, byte[]> entries, BundleEntry entry) {
        byte[] bytes = entries.get(entry);
        if (bytes == null) {
            throw ZipDirectory.bad("it has no %s.".formatted(entry.entryName()));
        }
        return bytes;
    }

    private static String utf8(Map<BundleEntry, byte[]> entries, BundleEntry entry) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(require(entries, entry)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new LatheException(ProblemCode.BAD_REQUEST, entry.entryName() + " is not text in UTF-8.", e);
        }
    }

    private static byte[] read(Content zip) {
        if (zip.bytes() > MAX_BYTES) {
            throw tooLarge("The bundle has %d bytes; at most %d are allowed.".formatted(zip.bytes(), MAX_BYTES));
        }
        try (InputStream input = zip.open()) {
            byte[] bytes = input.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw tooLarge("The bundle has more than %d bytes.".formatted(MAX_BYTES));
            }
            return bytes;
        } catch (IOException e) {
            throw new LatheException(ProblemCode.INTERNAL, "The bundle could not be read.", e);
        }
    }

    private static LatheException tooLarge(String message) {
        return new LatheException(ProblemCode.TOO_LARGE, message);
    }
}
