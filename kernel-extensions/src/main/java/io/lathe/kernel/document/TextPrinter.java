package io.lathe.kernel.document;

import io.lathe.kernel.document.Document.Badge;
import io.lathe.kernel.document.Document.Block;
import io.lathe.kernel.document.Document.Code;
import io.lathe.kernel.document.Document.Heading;
import io.lathe.kernel.document.Document.Paragraph;
import io.lathe.kernel.document.Grid.Cells;
import io.lathe.kernel.document.Grid.Gap;
import io.lathe.kernel.document.Grid.GridColumn;
import io.lathe.kernel.document.Grid.Side;
import java.util.ArrayList;
import java.util.List;

/** Prints a document as plain text; grids are aligned by code points. */
final class TextPrinter {

    private static final String BETWEEN = "  ";

    private final List<String> lines = new ArrayList<>();

    String print(Document document) {
        document.blocks().forEach(this::block);
        return String.join("\n", lines);
    }

    private void block(Block block) {
        switch (block) {
            case Heading(String text, String aside) -> lines.add(aside.isEmpty() ? text : text + "  " + aside);
            case Paragraph(String text, Tone _) -> lines.add(text);
            case Code(String text) -> lines.add(text.stripTrailing());
            case Badge(String word, Tone _, String reason) -> lines.add(reason.isEmpty() ? word : word + ": " + reason);
            case Grid grid -> grid(grid);
        }
    }

    private void grid(Grid grid) {
        int count = grid.columns().size();
        var table = new ArrayList<List<String>>();
        table.add(grid.columns().stream().map(GridColumn::title).toList());
        if (grid.hasSubtitles()) {
            table.add(grid.columns().stream().map(GridColumn::subtitle).toList());
        }
        for (Grid.Row row : grid.rows()) {
            if (row instanceof Cells cells) {
                table.add(
                        cells.cells().stream().map(cell -> oneLine(cell.text())).toList());
            }
        }
        int[] width = new int[count];
        for (List<String> line : table) {
            for (int i = 0; i < count; i++) {
                width[i] = Math.max(width[i], length(line.get(i)));
            }
        }
        int head = grid.hasSubtitles() ? 2 : 1;
        int next = 0;
        for (; next < head; next++) {
            lines.add(aligned(grid, table.get(next), width));
        }
        for (Grid.Row row : grid.rows()) {
            lines.add(
                    switch (row) {
                        case Cells _ -> aligned(grid, table.get(next++), width);
                        case Gap(String remark) -> remark;
                    });
        }
    }

    private static String aligned(Grid grid, List<String> cells, int[] width) {
        var line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String padding = " ".repeat(width[i] - length(cells.get(i)));
            boolean left = grid.columns().get(i).side() == Side.LEFT;
            line.append(i == 0 ? "" : BETWEEN);
            line.append(left ? cells.get(i) + padding : padding + cells.get(i));
        }
        return line.toString().stripTrailing();
    }

    private static String oneLine(String text) {
        return text.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t");
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
