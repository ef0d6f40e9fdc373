package io.lathe.kernel.magic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lathe.datasets.problem.LatheException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UsageTest {

    private final Usage usage = new Usage(
            "stats",
            "shows statistics",
            Ordered.map("%stats penguins@v1", "statistics"),
            Ordered.map("reason", "=why", "check", "look"),
            "Lathe.stats()");

    @Test
    void wordsAndOptionsMayComeInAnyOrder() {
        Usage.Call call = usage.parse(List.of("--check", "a@v1", "--reason", "because", "b"));

        assertThat(call.words()).containsExactly("a@v1", "b");
        assertThat(call.has("check")).isTrue();
        assertThat(call.find("reason")).contains("because");
    }

    @Test
    void aValueMayFollowAnEqualsSign() {
        assertThat(usage.parse(List.of("--reason=a = b")).find("reason")).contains("a = b");
    }

    @Test
    void anUnknownOptionIsAnsweredWithTheNearestOne() {
        assertThatThrownBy(() -> usage.parse(List.of("--chek")))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("%stats has no option '--chek'")
                .hasMessageContaining("check")
                .hasMessageContaining("%stats -h");
    }

    @Test
    void anOptionWithoutItsValueIsNamed() {
        assertThatThrownBy(() -> usage.parse(List.of("--reason")))
                .hasMessageContaining("--reason of %stats needs a value");
    }

    @Test
    void helpNamesEveryFormAndOption() {
        assertThat(usage.help().text())
                .contains(
                        "%stats  shows statistics", "%stats penguins@v1", "--reason VALUE", "--check", "Lathe.stats()");
        assertThat(List.of(List.of("-h"), List.of("x", "--help"))).allMatch(Usage::asksForHelp);
        assertThat(Usage.asksForHelp(List.of("help"))).isFalse();
    }

    @Test
    void optionsAreOptional() {
        assertThat(new Usage("data", "x", Map.of(), Map.of(), "")
                        .parse(List.of())
                        .words())
                .isEmpty();
    }
}
