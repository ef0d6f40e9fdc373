package io.lathe.models.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.store.Content;
import io.lathe.datasets.store.Sha256;
import io.lathe.models.SampleModels;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BundleReaderTest {
    private static byte[] sound = {};

    @BeforeAll
    static void makeOne() {
        sound = SampleModels.goodBundle("penguins");
    }

    @Test
    void aBundleReadsBackAsItWasWritten() {
        Bundle bundle = BundleReader.open(Content.of(sound));

        BundleManifest manifest = bundle.manifest();
        assertThat(manifest.model()).isEqualTo("penguins");
        assertThat(manifest.createdAt()).isEqualTo(SampleModels.CREATED_AT);
        assertThat(manifest.labels()).isEqualTo(SampleModels.LABELS);
        assertThat(manifest.trainedOn()).contains("penguins@v1");
        assertThat(manifest.evaluatedOn()).contains("penguins-test@v1");
        assertThat(manifest.files())
                .containsOnlyKeys("model.tribuo", "transforms.json", "contract.pbtxt", "metrics.json", "samples.json");
        assertThat(bundle.metrics().rows()).isEqualTo(60);
        assertThat(bundle.features().columns()).contains("island", "body_mass_g");
        assertThat(bundle.samples().samples()).hasSize(3);
    }

    @Test
    void itsIdIsTheHashOfItsManifest() throws IOException {
        assertThat(BundleReader.open(Content.of(sound)).id().sha256())
                .isEqualTo(Sha256.of(entries().getOrDefault("bundle.json", new byte[0])));
    }

    @Test
    void entryOrderAndCompressionDoNotMatter() throws IOException {
        Map<String, byte[]> reversed = entries().reversed();

        assertThat(BundleReader.open(Content.of(zip(reversed, ZipOutputStream.STORED)))
                        .id())
                .isEqualTo(BundleReader.open(Content.of(sound)).id());
    }

    @Test
    void namesThatAreNoneOfABundlesAreRefused() throws IOException {
        for (String name : List.of(
                "../evil.sh",
                "/etc/passwd",
                "..\\evil",
                "C:\\evil",
                "a/../bundle.json",
                "./bundle.json",
                "bundle.json/",
                "BUNDLE.JSON",
                "bundle.json\u0000.txt",
                "extra.txt",
                "")) {
            Map<String, byte[]> entries = entries();
            entries.remove("samples.json");
            entries.put(name, new byte[] {1});

            assertRefused(zip(entries, ZipOutputStream.DEFLATED), "");
        }
    }

    @Test
    void anEntryTooManyIsRefused() throws IOException {
        Map<String, byte[]> entries = entries();
        entries.put("evil.sh", new byte[] {1});

        assertRefused(zip(entries, ZipOutputStream.DEFLATED), "7 entries");
    }

    @Test
    void theSameEntryTwiceIsRefused() throws IOException {
        Map<String, byte[]> entries = entries();
        byte[] samples = entries.remove("samples.json");
        entries.put("metrics.jsoX", samples);
        byte[] zip = zip(entries, ZipOutputStream.DEFLATED);
        replaceAll(zip, "metrics.jsoX", "metrics.json");

        assertRefused(zip, "two entries named metrics.json");
    }

    @Test
    void linksFoldersAndEncryptedEntriesAreRefused() {
        byte[] link = sound.clone();
        int central = centralDirectory(link);
        link[central + 5] = 3;
        ByteBuffer.wrap(link).order(ByteOrder.LITTLE_ENDIAN).putInt(central + 38, 0xA1FF << 16);
        byte[] folder = sound.clone();
        folder[central + 38] |= 0x10;
        byte[] encrypted = sound.clone();
        encrypted[central + 8] |= 1;

        assertRefused(link, "a link, a folder or a device");
        assertRefused(folder, "a link, a folder or a device");
        assertRefused(encrypted, "encrypted");
    }

    @Test
    void aBombIsRefusedByItsRatioAndByItsSize() throws IOException {
        Map<String, byte[]> ratio = entries();
        ratio.put("model.tribuo", new byte[8 << 20]);
        Map<String, byte[]> size = entries();
        size.put("samples.json", new byte[(1 << 20) + 1]);

        assertThatThrownBy(() -> BundleReader.open(Content.of(zip(ratio, ZipOutputStream.DEFLATED))))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("inflates to more than 200 times")
                .extracting(e -> ((LatheException) e).code())
                .isEqualTo(ProblemCode.TOO_LARGE);
        assertThatThrownBy(() -> BundleReader.open(Content.of(zip(size, ZipOutputStream.DEFLATED))))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("samples.json would have");
    }

    @Test
    void anEntryThatInflatesToMoreThanItSaysIsRefused() {
        byte[] lying = sound.clone();
        ByteBuffer zip = ByteBuffer.wrap(lying).order(ByteOrder.LITTLE_ENDIAN);
        int central = centralDirectory(lying);
        zip.putInt(central + 24, zip.getInt(central + 24) - 1);

        assertRefused(lying, "longer than its directory says");

        zip.putInt(central + 24, zip.getInt(central + 24) + 2);
        assertRefused(lying, "shorter than its directory says");
    }

    @Test
    void aFileThatIsNotTheOneDescribedIsRefused() throws IOException {
        for (String name :
                List.of("model.tribuo", "transforms.json", "contract.pbtxt", "metrics.json", "samples.json")) {
            Map<String, byte[]> entries = entries();
            entries.compute(name, (key, bytes) -> flipped(bytes));

            assertRefused(zip(entries, ZipOutputStream.DEFLATED), name + " is not the file that bundle.json describes");
        }
    }

    @Test
    void aMissingEntryIsRefusedByName() throws IOException {
        for (String name : entries().keySet()) {
            Map<String, byte[]> entries = entries();
            entries.remove(name);

            assertRefused(zip(entries, ZipOutputStream.DEFLATED), "no " + name);
        }
    }

    @Test
    void aManifestOfAnotherFormatOrWithAPathForANameIsRefused() throws IOException {
        for (String[] change : List.of(
                new String[] {"\"format\":0", "\"format\":1"},
                new String[] {"tribuo-classification", "java-serialization"},
                new String[] {"\"model\":\"penguins\"", "\"model\":\"../penguins\""},
                new String[] {"\"model\":\"penguins\"", "\"model\":7"})) {
            Map<String, byte[]> entries = entries();
            entries.compute(
                    "bundle.json",
                    (name, bytes) -> text(bytes).replace(change[0], change[1]).getBytes(StandardCharsets.UTF_8));

            assertThatThrownBy(() -> BundleReader.open(Content.of(zip(entries, ZipOutputStream.DEFLATED))))
                    .isInstanceOf(LatheException.class);
        }
    }

    @Test
    void aBundleCutAnywhereIsRefused() {
        for (int length = 0; length < sound.length; length += 1 + sound.length / 101) {
            byte[] cut = Arrays.copyOf(sound, length);

            assertThatThrownBy(() -> BundleReader.open(Content.of(cut))).isInstanceOf(LatheException.class);
        }
    }

    @Test
    void aFlippedByteIsRefusedOrChangesNothing() {
        BundleId id = BundleReader.open(Content.of(sound)).id();
        for (int at = 0; at < sound.length; at += 7) {
            byte[] flipped = sound.clone();
            flipped[at] ^= (byte) (1 << (at % 8));
            try {
                assertThat(BundleReader.open(Content.of(flipped)).id()).isEqualTo(id);
            } catch (LatheException refused) {
                assertThat(refused).hasMessageNotContaining("null");
            }
        }
    }

    @Test
    void theSameContentsGiveTheSameBytes() {
        byte[] again = rewritten();

        assertThat(again).isEqualTo(rewritten());
    }

    private static byte[] rewritten() {
        Bundle bundle = BundleReader.open(Content.of(sound));
        return BundleWriter.write(new BundleContents(
                bundle.manifest().model(),
                bundle.manifest().createdAt(),
                bundle.modelFile(),
                bundle.features(),
                bundle.manifest().labels(),
                bundle.metrics(),
                bundle.samples(),
                bundle.manifest().trainedOn(),
                bundle.manifest().evaluatedOn(),
                bundle.manifest().provenance()));
    }

    private static void assertRefused(byte[] zip, String naming) {
        assertThatThrownBy(() -> BundleReader.open(Content.of(zip)))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("The bundle is refused")
                .hasMessageContaining(naming);
    }

    private static SequencedMap<String, byte[]> entries() throws IOException {
        SequencedMap<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(sound))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    private static byte[] zip(Map<String, byte[]> entries, int method) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            if (method == ZipOutputStream.STORED) {
                zip.setLevel(0);
            }
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static int centralDirectory(byte[] zip) {
        return ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).getInt(zip.length - 6);
    }

    private static void replaceAll(byte[] bytes, String from, String to) {
        byte[] old = from.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i + old.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + old.length, old, 0, old.length)) {
                System.arraycopy(to.getBytes(StandardCharsets.US_ASCII), 0, bytes, i, old.length);
            }
        }
    }

    private static byte[] flipped(byte[] bytes) {
        byte[] flipped = bytes.clone();
        flipped[flipped.length / 2] ^= 1;
        return flipped;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
