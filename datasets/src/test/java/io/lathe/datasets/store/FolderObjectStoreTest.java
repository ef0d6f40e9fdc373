package io.lathe.datasets.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lathe.datasets.problem.LatheException;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderObjectStoreTest extends ObjectStoreContract {
    @TempDir
    Path folder;

    @Override
    protected ObjectStore newStore() {
        return new FolderObjectStore(folder);
    }

    @Override
    protected ObjectStore sameStore(ObjectStore store) {
        return new FolderObjectStore(folder);
    }

    @Test
    void aWriteThatFailsHalfWayLeavesNothing() throws IOException {
        var store = new FolderObjectStore(folder);
        var breaking = new Content() {
            @Override
            public long bytes() {
                return 100;
            }

            @Override
            public InputStream open() {
                return new FilterInputStream(new ByteArrayInputStream(new byte[50])) {
                    @Override
                    public int read(byte[] buffer, int offset, int length) throws IOException {
                        var n = super.read(buffer, offset, length);
                        if (n < 0) {
                            throw new IOException("the cable was pulled");
                        }
                        return n;
                    }
                };
            }
        };
        assertThatThrownBy(() -> store.putIfAbsent(new ObjectKey("derived/half"), breaking))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("derived/half")
                .hasMessageContaining("the cable was pulled");
        assertThat(store.find(new ObjectKey("derived/half"))).isEmpty();
        assertThat(folder.resolve(".scratch")).isEmptyDirectory();
    }

    @Test
    void leftoversOfACrashAreNeitherSeenNorKept() throws IOException {
        new FolderObjectStore(folder);
        var old = Files.writeString(folder.resolve(".scratch/write-1.tmp"), "half");
        var fresh = Files.writeString(folder.resolve(".scratch/write-2.tmp"), "half");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        var store = new FolderObjectStore(folder);
        assertThat(store.list("", "", 10).keys()).isEmpty();
        assertThat(old).doesNotExist();
        assertThat(fresh).exists();
    }

    @Test
    void anotherProcessAndThisOneLoseNoIncrement() throws Exception {
        var store = new FolderObjectStore(folder);
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var log = folder.resolveSibling("counter-" + folder.getFileName() + ".log");
        var other = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        CountingProcess.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            CountingProcess.count(store);
            assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(other.exitValue()).as(Files.readString(log)).isZero();
            assertThat(new String(store.readAll(CountingProcess.COUNTER, 10), UTF_8))
                    .isEqualTo(Integer.toString(2 * CountingProcess.TIMES));
        } finally {
            other.destroyForcibly();
            Files.deleteIfExists(log);
        }
    }

    @Test
    void foreignFilesInTheFolderAreNotListed() throws IOException {
        var store = new FolderObjectStore(folder);
        var tag = store.compareAndSwap(new ObjectKey("refs/x.json"), Optional.empty(), "1".getBytes(UTF_8));
        Files.writeString(folder.resolve("refs/x.json~"), "an editor's copy");
        Files.writeString(folder.resolve("refs/copy of x.json"), "somebody's copy");
        assertThat(tag).isPresent();
        assertThat(store.list("refs/", "", 10).keys()).containsExactly(new ObjectKey("refs/x.json"));
    }

    @Test
    void aKeyCannotBeBothAnObjectAndAFolder() {
        var store = new FolderObjectStore(folder);
        var content = Content.of("x".getBytes(UTF_8));
        store.putIfAbsent(new ObjectKey("derived/a"), content);
        assertThatThrownBy(() -> store.putIfAbsent(new ObjectKey("derived/a/b"), content))
                .hasMessageContaining("derived/a/b");
        assertThatThrownBy(() -> store.putIfAbsent(new ObjectKey("derived"), content))
                .hasMessageContaining("objects below it");
    }

    @Test
    void aLinkLeadsNeitherOutOfTheStoreNorIntoIt(@TempDir Path elsewhere) throws IOException {
        var store = new FolderObjectStore(folder);
        Files.writeString(elsewhere.resolve("secret.json"), "secret");
        Files.createDirectories(folder.resolve("refs"));
        Files.createSymbolicLink(folder.resolve("refs/file.json"), elsewhere.resolve("secret.json"));
        Files.createSymbolicLink(folder.resolve("refs/folder"), elsewhere);
        Files.createSymbolicLink(folder.resolve("refs/dangling.json"), elsewhere.resolve("not-there-yet"));

        for (var key : List.of("refs/file.json", "refs/folder/secret.json", "refs/dangling.json")) {
            var linked = new ObjectKey(key);
            assertThatThrownBy(() -> store.find(linked)).hasMessageContaining("symbolic link");
            assertThatThrownBy(() -> store.open(linked, ByteRange.ALL)).hasMessageContaining("symbolic link");
            assertThatThrownBy(() -> store.putIfAbsent(linked, Content.of("x".getBytes(UTF_8))))
                    .hasMessageContaining("symbolic link");
            assertThatThrownBy(() -> store.compareAndSwap(linked, Optional.empty(), "x".getBytes(UTF_8)))
                    .hasMessageContaining("symbolic link");
            assertThatThrownBy(() -> store.remove(linked)).hasMessageContaining("symbolic link");
        }
        assertThat(store.list("", "", 100).keys()).isEmpty();
        assertThat(elsewhere.resolve("secret.json")).hasContent("secret");
        try (var files = Files.list(elsewhere)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void theTagOfAReferenceSurvivesAReopening() {
        var key = new ObjectKey("refs/x");
        var tag = new FolderObjectStore(folder).compareAndSwap(key, Optional.empty(), "1".getBytes(UTF_8));
        assertThat(new FolderObjectStore(folder).compareAndSwap(key, tag, "2".getBytes(UTF_8)))
                .isPresent();
    }
}
