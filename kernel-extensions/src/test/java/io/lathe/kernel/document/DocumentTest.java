package io.lathe.kernel.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lathe.kernel.document.Document.Badge;
import io.lathe.kernel.document.Document.Code;
import io.lathe.kernel.document.Document.Heading;
import io.lathe.kernel.document.Document.Paragraph;
import io.lathe.kernel.document.Grid.Cell;
import io.lathe.kernel.document.Grid.Cells;
import io.lathe.kernel.document.Grid.Gap;
import io.lathe.kernel.document.Grid.GridColumn;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentTest {

    private static final String ATTACK = "<img src=x onerror=alert(1)>\"'&";

    @Test
    void nothingThatIsSaidBecomesMarkup() {
        Document document = Document.of(
                new Heading(ATTACK, ATTACK),
                new Paragraph(ATTACK, Tone.NORMAL),
                new Code(ATTACK),
                new Badge(ATTACK, Tone.BAD, ATTACK),
                new Grid(
                        List.of(new GridColumn(ATTACK, ATTACK, Grid.Side.LEFT)),
                        List.of(Cells.of(Cell.of(ATTACK)), new Gap(ATTACK))));

        assertThat(document.html())
                .doesNotContain("<img")
                .contains("&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;");
    }

    @Test
    void htmlLoadsNothingAndRunsNothing() {
        Document document = Document.of(new Heading("a", "b"), new Code("c"));

        assertThat(document.html()).doesNotContain("<script", "<style", "<link", "src=", "href=", "http");
    }

    @Test
    void controlCharactersAreShownAsUnknown() {
        assertThat(Document.of(new Paragraph("a\u0000b\u001b", Tone.NORMAL)).html())
                .contains("a\uFFFDb\uFFFD");
    }

    @Test
    void textGridIsAlignedByCodePoints() {
        Document document = Document.of(new Grid(
                List.of(GridColumn.left("name"), GridColumn.right("n")),
                List.of(
                        Cells.of(Cell.of("🚀🚀"), Cell.of("1")),
                        new Gap("⋯ 3 rows ⋯"),
                        Cells.of(Cell.of("four"), Cell.of("12345")))));

        assertThat(document.text()).isEqualTo("""
                        name      n
                        🚀🚀        1
                        ⋯ 3 rows ⋯
                        four  12345""");
    }

    @Test
    void aRowMustFitTheHead() {
        assertThatThrownBy(() -> new Grid(List.of(GridColumn.left("a")), List.of(Cells.of(Cell.of("1"), Cell.of("2")))))
                .hasMessageContaining("2 cells")
                .hasMessageContaining("1 columns");
    }
}
