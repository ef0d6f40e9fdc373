package io.lathe.datasets.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every object store does. An implementation's test extends this and makes an empty store before each test. */
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
public abstract class ObjectStoreContract {
    private static final ObjectKey REFERENCE = new ObjectKey("refs/datasets/orders.json");

    private ObjectStore store;

    /** An empty store. */
    protected abstract ObjectStore newStore() throws Exception;

    /** Another way to the same store, as another process has it. */
    protected ObjectStore sameStore(ObjectStore store) {
        return store;
    }

    @BeforeEach
    void makeStore() throws Exception {
        store = newStore();
    }

    @Test
    void whatWasPutIsRead() {
        var key = put("derived/a/b.json", "hello");
        assertThat(read(key, ByteRange.ALL)).isEqualTo("hello");
        assertThat(store.find(key)).hasValueSatisfying(info -> {
            assertThat(info.key()).isEqualTo(key);
            assertThat(info.bytes()).isEqualTo(5);
            assertThat(info.tag()).isNotBlank();
        });
    }

    @Test
    void emptyObjectsAreObjects() {
        var key = put("derived/empty", "");
        assertThat(read(key, ByteRange.ALL)).isEmpty();
        assertThat(store.find(key)).map(ObjectInfo::bytes).contains(0L);
    }

    @Test
    void partsAreReadAndCutAtTheEnd() {
        var key = put("derived/digits", "0123456789");
        assertThat(read(key, new ByteRange(2, 3))).isEqualTo("234");
        assertThat(read(key, new ByteRange(0, 1))).isEqualTo("0");
        assertThat(read(key, new ByteRange(8, 100))).isEqualTo("89");
        assertThat(read(key, new ByteRange(9, Long.MAX_VALUE))).isEqualTo("9");
        assertThat(read(key, new ByteRange(10, 5))).isEmpty();
        assertThat(read(key, new ByteRange(Long.MAX_VALUE - 1, 1))).isEmpty();
    }

    @Test
    void manyBytesComeBackAsTheyWere() throws IOException {
        var bytes = new byte[(17 << 20) + 13];
        new Random(7).nextBytes(bytes);
        var hash = Sha256.of(bytes);
        var key = new ObjectKey("objects/" + hash.substring(0, 2) + "/" + hash);
        assertThat(store.putIfAbsent(key, Content.of(bytes))).isTrue();
        try (var in = store.open(key, ByteRange.ALL)) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
        try (var in = store.open(key, new ByteRange((8 << 20) - 3, 7))) {
            assertThat(in.readAllBytes()).isEqualTo(java.util.Arrays.copyOfRange(bytes, (8 << 20) - 3, (8 << 20) + 4));
        }
    }

    @Test
    void whatIsNotThereIsNotFound() {
        var key = new ObjectKey("derived/nothing");
        assertThat(store.find(key)).isEmpty();
        assertProblem(
                ProblemCode.NOT_FOUND, () -> store.open(key, ByteRange.ALL).close());
        put("derived/file", "x");
        assertThat(store.find(new ObjectKey("derived/file/below"))).isEmpty();
        assertThat(store.find(new ObjectKey("derived"))).isEmpty();
        assertProblem(
                ProblemCode.NOT_FOUND,
                () -> store.open(new ObjectKey("derived"), ByteRange.ALL).close());
    }

    @Test
    void aSecondPutChangesNothing() {
        var key = put("derived/once", "first");
        assertThat(store.putIfAbsent(key, Content.of("second".getBytes(UTF_8)))).isFalse();
        assertThat(read(key, ByteRange.ALL)).isEqualTo("first");
    }

    @Test
    void bytesThatDoNotMatchTheirNameAreRefused() {
        var hash = Sha256.of("right".getBytes(UTF_8));
        var wrong = Content.of("wrong".getBytes(UTF_8));
        for (var name : List.of(
                "objects/" + hash.substring(0, 2) + "/" + hash, "manifests/" + hash, "schemas/" + hash + ".pbtxt")) {
            assertProblem(ProblemCode.BAD_REQUEST, () -> store.putIfAbsent(new ObjectKey(name), wrong));
            assertThat(store.find(new ObjectKey(name))).isEmpty();
        }
        assertProblem(ProblemCode.BAD_REQUEST, () -> store.putIfAbsent(new ObjectKey("objects/readme"), wrong));
        assertProblem(ProblemCode.BAD_REQUEST, () -> store.putIfAbsent(new ObjectKey("objects/00/" + hash), wrong));
    }

    @Test
    void ofSixteenPutsExactlyOneWins() throws Exception {
        var key = new ObjectKey("derived/race");
        var won = race(16, i -> sameStore(store).putIfAbsent(key, Content.of(("writer " + i).getBytes(UTF_8))));
        assertThat(won.stream().filter(each -> each)).hasSize(1);
        assertThat(read(key, ByteRange.ALL)).isEqualTo("writer " + won.indexOf(true));
    }

    @Test
    void referencesMoveOnlyFromWhereTheyAre() {
        var first = store.compareAndSwap(REFERENCE, Optional.empty(), "1".getBytes(UTF_8));
        assertThat(first).isPresent();
        assertThat(store.compareAndSwap(REFERENCE, Optional.empty(), "2".getBytes(UTF_8)))
                .isEmpty();
        assertThat(store.compareAndSwap(REFERENCE, Optional.of("stale"), "2".getBytes(UTF_8)))
                .isEmpty();
        var second = store.compareAndSwap(REFERENCE, first, "2".getBytes(UTF_8));
        assertThat(second).isPresent().isNotEqualTo(first);
        assertThat(store.find(REFERENCE)).map(ObjectInfo::tag).isEqualTo(second);
        assertThat(store.compareAndSwap(REFERENCE, first, "3".getBytes(UTF_8))).isEmpty();
        assertThat(read(REFERENCE, ByteRange.ALL)).isEqualTo("2");
    }

    @Test
    void aReferenceThatDoesNotExistDoesNotMove() {
        assertThat(store.compareAndSwap(REFERENCE, Optional.of("any"), "1".getBytes(UTF_8)))
                .isEmpty();
        assertThat(store.find(REFERENCE)).isEmpty();
    }

    @Test
    void onlyReferencesMove() {
        var key = put("derived/fixed", "1");
        var tag = store.find(key).map(ObjectInfo::tag);
        assertProblem(ProblemCode.BAD_REQUEST, () -> store.compareAndSwap(key, tag, "2".getBytes(UTF_8)));
    }

    @Test
    void noIncrementIsLostInARace() throws Exception {
        race(8, i -> {
            var mine = sameStore(store);
            for (var done = 0; done < 5; ) {
                var before = mine.find(REFERENCE);
                var count = before.isPresent() ? Integer.parseInt(new String(mine.readAll(REFERENCE, 10), UTF_8)) : 0;
                var next = Integer.toString(count + 1).getBytes(UTF_8);
                if (mine.compareAndSwap(REFERENCE, before.map(ObjectInfo::tag), next)
                        .isPresent()) {
                    done++;
                }
            }
            return true;
        });
        assertThat(read(REFERENCE, ByteRange.ALL)).isEqualTo("40");
    }

    @Test
    void namesAreListedInOrder() {
        for (var name :
                List.of("derived/a-b", "derived/a/c", "derived/a.b", "derived/a/b", "derived/ab", "bundles/z")) {
            put(name, name);
        }
        assertThat(names("derived/", "", 100))
                .containsExactly("derived/a-b", "derived/a.b", "derived/a/b", "derived/a/c", "derived/ab");
        assertThat(names("", "", 100)).startsWith("bundles/z").hasSize(6);
        assertThat(names("derived/a/", "", 100)).containsExactly("derived/a/b", "derived/a/c");
        assertThat(names("derived/a", "derived/a/b", 100)).containsExactly("derived/a/c", "derived/ab");
        assertThat(names("nothing", "", 100)).isEmpty();
    }

    @Test
    void pagesJoinToTheWhole() {
        var all = IntStream.range(0, 25).mapToObj("derived/%02d"::formatted).toList();
        all.forEach(name -> put(name, name));
        var seen = new ArrayList<String>();
        var after = "";
        while (true) {
            var page = store.list("derived/", after, 10);
            assertThat(page.keys()).hasSizeLessThanOrEqualTo(10);
            page.keys().forEach(key -> seen.add(key.value()));
            if (!page.more()) {
                break;
            }
            after = seen.getLast();
        }
        assertThat(seen).isEqualTo(all);
    }

    @Test
    void aPageHasALimit() {
        assertProblem(ProblemCode.BAD_REQUEST, () -> store.list("", "", 0));
        assertProblem(ProblemCode.BAD_REQUEST, () -> store.list("", "", 1001));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/etc/passwd",
                "..",
                "a/..",
                "../a",
                "a/../b",
                ".",
                "a/./b",
                "a//b",
                "a/",
                "/a",
                "a\\b",
                "a b",
                "a\u0000b",
                "a\nb",
                "ä",
                "%2e%2e",
                "a/%2e%2e/b",
                ".scratch/x",
                "a/.hidden",
                "c:\\x",
                "a?b",
                "a#b"
            })
    void hostileNamesAreNoKeys(String name) {
        assertProblem(ProblemCode.BAD_REQUEST, () -> new ObjectKey(name));
    }

    @Test
    void hostilePrefixesListNothing() {
        put("derived/x", "x");
        for (var prefix : List.of("../", "/", "..", "derived/../derived", ".", "\\", "%2e", "derived\u0000")) {
            assertThat(names(prefix, "", 10)).as(prefix).isEmpty();
        }
    }

    @Test
    void tooManyBytesAreNotReadIntoMemory() {
        var key = put("derived/ten", "0123456789");
        assertThat(store.readAll(key, 10)).hasSize(10);
        assertProblem(ProblemCode.TOO_LARGE, () -> store.readAll(key, 9));
    }

    private ObjectKey put(String name, String text) {
        var key = new ObjectKey(name);
        assertThat(store.putIfAbsent(key, Content.of(text.getBytes(UTF_8)))).isTrue();
        return key;
    }

    private String read(ObjectKey key, ByteRange range) {
        try (var in = store.open(key, range)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<String> names(String prefix, String after, int limit) {
        return store.list(prefix, after, limit).keys().stream()
                .map(ObjectKey::value)
                .toList();
    }

    private interface Racer<T> {
        T run(int number) throws Exception;
    }

    private static <T> List<T> race(int racers, Racer<T> racer) throws Exception {
        var barrier = new CyclicBarrier(racers);
        try (var threads = Executors.newFixedThreadPool(racers)) {
            var tasks = IntStream.range(0, racers)
                    .<Callable<T>>mapToObj(i -> () -> {
                        barrier.await(10, TimeUnit.SECONDS);
                        return racer.run(i);
                    })
                    .toList();
            var results = new ArrayList<T>();
            for (var result : threads.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
                results.add(result.get());
            }
            return results;
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private static void assertProblem(ProblemCode code, Step step) {
        assertThatThrownBy(step::run)
                .isInstanceOfSatisfying(
                        LatheException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
