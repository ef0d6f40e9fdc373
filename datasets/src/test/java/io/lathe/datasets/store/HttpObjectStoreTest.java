package io.lathe.datasets.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpObjectStoreTest extends ObjectStoreContract {
    private static final ObjectKey REFERENCE = new ObjectKey("refs/x");

    private final FolderObjectStore behind;
    private final StoreServer server;
    private final HttpObjectStore http;

    HttpObjectStoreTest(@TempDir Path folder) throws IOException {
        behind = new FolderObjectStore(folder);
        server = new StoreServer(behind);
        http = new HttpObjectStore(server.projectApi(), StoreServer.TOKEN);
    }

    @Override
    protected ObjectStore newStore() {
        return http;
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void aWriteWhoseAnswerIsLostIsFoundDone() {
        server.lostAnswers.set(1);
        var tag = http.compareAndSwap(REFERENCE, Optional.empty(), "1".getBytes(UTF_8));
        assertThat(tag).isPresent().isEqualTo(behind.find(REFERENCE).map(ObjectInfo::tag));
        server.lostAnswers.set(1);
        assertThat(http.putIfAbsent(new ObjectKey("derived/x"), Content.of("x".getBytes(UTF_8))))
                .isTrue();
    }

    @Test
    void aWriteThatNeverArrivedIsDoneAgain() {
        server.lostRequests.set(1);
        assertThat(http.compareAndSwap(REFERENCE, Optional.empty(), "1".getBytes(UTF_8)))
                .isPresent();
        server.lostRequests.set(1);
        assertThat(http.putIfAbsent(new ObjectKey("derived/x"), Content.of("x".getBytes(UTF_8))))
                .isTrue();
        assertThat(new String(http.readAll(REFERENCE, 10), UTF_8)).isEqualTo("1");
    }

    @Test
    void aLostWriteThatSomebodyWroteOverIsUnknown() {
        server.lostAnswers.set(1);
        server.afterLostAnswer = () ->
                behind.compareAndSwap(REFERENCE, behind.find(REFERENCE).map(ObjectInfo::tag), "2".getBytes(UTF_8));
        assertThatThrownBy(() -> http.compareAndSwap(REFERENCE, Optional.empty(), "1".getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        LatheException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.OUTCOME_UNKNOWN));
    }

    @Test
    void aWriteThatIsLostAgainAndAgainIsUnknown() {
        // The last request may still be on its way when it is looked for.
        server.lostRequests.set(Integer.MAX_VALUE);
        assertThatThrownBy(() -> http.compareAndSwap(REFERENCE, Optional.empty(), "1".getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        LatheException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.OUTCOME_UNKNOWN));
    }

    @Test
    void aBusyWorkbenchIsAskedAgain() {
        server.busy.set(2);
        assertThat(http.find(REFERENCE)).isEmpty();
        server.busy.set(2);
        assertThat(http.compareAndSwap(REFERENCE, Optional.empty(), "1".getBytes(UTF_8)))
                .isPresent();
    }

    @Test
    void problemsKeepTheirCodeAndSentence() {
        var stranger = new HttpObjectStore(server.projectApi(), "wrong");
        assertThatThrownBy(() -> stranger.list("", "", 10))
                .hasMessage("This token is not known.")
                .isInstanceOfSatisfying(
                        LatheException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.UNAUTHENTICATED));
    }

    @Test
    void aWorkbenchThatIsGoneIsUnavailable() {
        var gone = server.projectApi();
        server.close();
        assertThatThrownBy(() -> new HttpObjectStore(gone, StoreServer.TOKEN).find(REFERENCE))
                .hasMessageContaining("Is it running?")
                .isInstanceOfSatisfying(
                        LatheException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.UNAVAILABLE));
    }

    @Test
    void messagesNeverHoldTheToken() {
        assertThatThrownBy(() -> new HttpObjectStore(server.projectApi(), "secret\r\nX-Evil: 1"))
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> new HttpObjectStore(URI.create("file:///tmp"), "secret"))
                .hasMessageNotContaining("secret");
    }
}
