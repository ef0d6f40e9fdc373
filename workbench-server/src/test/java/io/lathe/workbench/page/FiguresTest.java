package io.lathe.workbench.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.lathe.datasets.statistics.Bucket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void aShareIsNeverNoneOrAllWhereThatIsNotTrue() {
        assertThat(Figures.percent(0, 5)).isEqualTo("0 %");
        assertThat(Figures.percent(1, 1_000_000)).isEqualTo("< 0.1 %");
        assertThat(Figures.percent(999_999, 1_000_000)).isEqualTo("> 99.9 %");
        assertThat(Figures.percent(5, 5)).isEqualTo("100 %");
        assertThat(Figures.percent(0, 0)).isEqualTo("–");
    }

    @Test
    void numbersKeepFiveDigitsWhateverTheirSize() {
        assertThat(Figures.number(0)).isEqualTo("0");
        assertThat(Figures.number(4264.38)).isEqualTo("4264.4");
        assertThat(Figures.number(-0.0254331)).isEqualTo("-0.025433");
        assertThat(Figures.number(1e-12)).isEqualTo("1.000e-12");
        assertThat(Figures.number(6.02214e23)).isEqualTo("6.022e+23");
        assertThat(Figures.number(120)).isEqualTo("120");
        assertThat(Figures.number(42_643.8)).isEqualTo("42,644");
        assertThat(Figures.number(Double.NaN)).isEqualTo("–");
    }

    @Test
    void changesKeepThreeDigitsAndTheirSign() {
        assertThat(Figures.difference(-0.0254331)).isEqualTo("−0.0254");
        assertThat(Figures.difference(177.93)).isEqualTo("+178");
        assertThat(Figures.difference(0)).isEqualTo("same");
    }

    @Test
    void sizesAreWrittenInTheLargestUnitThatFits() {
        assertThat(Figures.bytes(999)).isEqualTo("999 bytes");
        assertThat(Figures.bytes(13_478)).isEqualTo("13.2 KiB");
        assertThat(Figures.bytes(1 << 20)).isEqualTo("1.0 MiB");
        assertThat(Figures.bytes(15_000_000)).isEqualTo("14.3 MiB");
    }

    @Test
    void commandsNameTheDataFolderUnlessItIsTheStandardOne() {
        Path copy = Path.of("/opt/lathe/.build/applications-1");
        assertThat(TypedCommand.of(Path.of("/opt/lathe/.lathe"), copy).of("up")).isEqualTo("./lathe up");
        assertThat(TypedCommand.of(Path.of("/opt/lathe/.lathe"), Path.of("/opt/lathe"))
                        .of("up"))
                .isEqualTo("./lathe up");
        assertThat(TypedCommand.of(Path.of("/srv/ada's"), copy).of("login"))
                .isEqualTo("./lathe login --data '/srv/ada'\\''s'");
    }

    @Test
    void yearsAreWrittenAsYears() {
        assertThat(Figures.whole(2007)).isEqualTo("2007");
        assertThat(Figures.number(2009)).isEqualTo("2009");
        assertThat(Figures.whole(-12_345)).isEqualTo("-12,345");
    }

    @Test
    void histogramsOfOtherStepsAreLaidOverEachOtherByTheirDensity() {
        // The same 100 values: once in two steps, once in one.
        List<Outline.Step> two = Outline.steps(List.of(new Bucket(0, 5, 50), new Bucket(5, 10, 50)), 0, 10);
        List<Outline.Step> one = Outline.steps(List.of(new Bucket(0, 10, 100)), 0, 10);
        assertThat(two)
                .allSatisfy(step ->
                        assertThat(step.density()).isEqualTo(one.getFirst().density()));
        assertThat(Outline.path(one, 1)).isEqualTo("M0.00 100L0.00 0.00L100.00 0.00L100.00 100Z");
    }

    @Test
    void aSingleValueIsDrawnAsAThinStepInsideTheAxis() {
        assertThat(Outline.steps(List.of(new Bucket(10, 10, 3)), 0, 10))
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.to()).isEqualTo(1);
                    assertThat(step.from()).isBetween(0.97, 0.99);
                });
    }

    @Test
    void aNamedDataVersionLeadsToItsPageOnlyByItsNumber() {
        assertThat(DataRef.of("orders@v3").address()).isEqualTo("/datasets/orders/versions/3");
        assertThat(DataRef.of("orders@gold").address()).isEmpty();
        assertThat(DataRef.of("../x@v1")).isEqualTo(new DataRef("../x@v1", ""));
    }
}
