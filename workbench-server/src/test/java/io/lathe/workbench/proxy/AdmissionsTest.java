package io.lathe.workbench.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AdmissionsTest {
    private static final Credential PERSON = new Credential("a", null, null, List.of("secret"));

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicBoolean good = new AtomicBoolean(true);
    private final AtomicLong time = new AtomicLong(Long.MAX_VALUE); // nanoTime may wrap
    private final Admissions admissions = new Admissions(this::ask, time::get);

    private boolean ask(Credential credential) {
        asked.incrementAndGet();
        return good.get();
    }

    @Test
    void whoWasLetInIsLetInForASecondWithoutAsking() {
        assertThat(admissions.admits(PERSON)).isTrue();
        time.addAndGet(999_999_999);
        assertThat(admissions.admits(PERSON)).isTrue();
        assertThat(asked).hasValue(1);
        good.set(false);
        time.addAndGet(1);
        assertThat(admissions.admits(PERSON)).isFalse();
    }

    @Test
    void othersAreAskedForAndARefusalIsNotRemembered() {
        admissions.admits(PERSON);
        good.set(false);
        for (Credential other : List.of(
                new Credential("b", null, null, List.of("secret")),
                new Credential("a", "secret", null, List.of()),
                new Credential("a", null, "secret", List.of()),
                new Credential("a", null, null, List.of("secret", "more")))) {
            assertThat(admissions.admits(other)).as(other.toString()).isFalse();
        }
        good.set(true);
        assertThat(admissions.admits(new Credential("b", null, null, List.of("secret"))))
                .isTrue();
    }

    @Test
    void revocationCountsAtOnce() {
        admissions.admits(PERSON);
        good.set(false);
        admissions.forget();

        assertThat(admissions.admits(PERSON)).isFalse();
    }

    @Test
    void answerThatARevocationOvertookIsNotRemembered() {
        AtomicInteger answers = new AtomicInteger();
        Admissions[] raced = new Admissions[1];
        raced[0] = new Admissions(
                person -> {
                    if (answers.incrementAndGet() == 1) {
                        raced[0].forget(); // revoked after the database was read, before the answer is kept
                        return true;
                    }
                    return false;
                },
                time::get);
        assertThat(raced[0].admits(PERSON)).isTrue();

        assertThat(raced[0].admits(PERSON)).isFalse();
    }

    @Test
    void manyCallersTakeNoMoreThanSoMuchMemory() {
        for (int i = 0; i < 10_000; i++) {
            admissions.admits(new Credential("a", null, null, List.of("secret" + i)));
        }
        assertThat(admissions.remembered()).isLessThanOrEqualTo(4_096);
    }
}
