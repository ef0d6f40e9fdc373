package io.lathe.datasets.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    @Test
    void namesThatDifferInCaseAreNearest() {
        assertThat(Nearest.of("B", List.of("a", "b", "c"))).contains("b");
    }

    @Test
    void aSlipOfTheFingerIsRecognised() {
        assertThat(Nearest.hint("penguns", List.of("penguins", "orders"))).isEqualTo(" Did you mean 'penguins'?");
    }

    @Test
    void twoLettersInTheWrongOrderAreOneSlip() {
        assertThat(Nearest.of("penguisn", List.of("penguins"))).contains("penguins");
        assertThat(Nearest.of("pu", List.of("up"))).contains("up");
    }

    @Test
    void namesThatShareNothingAreNotAlikeHoweverShort() {
        assertThat(Nearest.of("x", List.of("a", "b"))).isEmpty();
        assertThat(Nearest.of("", List.of("a"))).isEmpty();
        assertThat(Nearest.hint("x".repeat(5_000), List.of("penguins"))).isEqualTo(" Known: 'penguins'.");
    }

    @Test
    void whatIsShownOfACallersTextIsOneShortLine() {
        assertThat(Shown.of("a\nb\u001b[31m\u2028c")).isEqualTo("a\ufffdb\ufffd[31m\ufffdc");
        assertThat(Shown.of("x".repeat(500))).hasSize(101);
        assertThat(Shown.of("x" + "🚀".repeat(500))).isEqualTo("x" + "🚀".repeat(49) + "…");
        assertThat(Shown.of("\udc00abc", 2)).isEqualTo("\ufffda…");
    }

    @Test
    void withoutALikeNameTheKnownOnesAreListed() {
        assertThat(Nearest.hint("zebra", List.of("penguins", "orders"))).isEqualTo(" Known: 'penguins', 'orders'.");
        assertThat(Nearest.hint("zebra", List.of())).isEmpty();
    }

    @Test
    void theKnownNamesAreListedBesideTheNearest() {
        assertThat(Nearest.hintAndKnown("c1 ", List.of("c1", "c2 ")))
                .isEqualTo(" Did you mean 'c1'? Known: 'c1', 'c2 '.");
    }

    @Test
    void everyProblemHasAStableName() {
        assertThat(ProblemCode.OUTCOME_UNKNOWN.wireName()).isEqualTo("outcome-unknown");
        assertThat(ProblemCode.findByStatus(409)).contains(ProblemCode.CONFLICT);
        for (var code : ProblemCode.values()) {
            assertThat(ProblemCode.findByType(code.typeUri())).contains(code);
            assertThat(ProblemCode.findByStatus(code.httpStatus()).orElseThrow().httpStatus())
                    .isEqualTo(code.httpStatus());
            assertThat(code.meaning()).endsWith(".");
        }
    }
}
