package io.lathe.kernel.document;

import io.lathe.kernel.document.Document.Badge;
import io.lathe.kernel.document.Document.Block;
import io.lathe.kernel.document.Document.Code;
import io.lathe.kernel.document.Document.Heading;
import io.lathe.kernel.document.Document.Paragraph;
import io.lathe.kernel.document.Grid.Cell;
import io.lathe.kernel.document.Grid.Cells;
import io.lathe.kernel.document.Grid.Gap;
import io.lathe.kernel.document.Grid.GridColumn;
import io.lathe.kernel.document.Grid.Side;

/** Prints a document as HTML with inline styles only: style sheets would leak into the notebook around it. */
final class HtmlPrinter {

    private static final String QUIET = "color:" + Tone.QUIET.color();

    private final StringBuilder out = new StringBuilder();

    String print(Document document) {
        out.append("<div class=\"lathe-output\">");
        document.blocks().forEach(this::block);
        return out.append("</div>").toString();
    }

    private void block(Block block) {
        switch (block) {
            case Heading(String text, String aside) -> {
                open("div", "margin:0.4em 0 0.3em");
                element("strong", "", text);
                if (!aside.isEmpty()) {
                    out.append(' ');
                    element("span", QUIET, aside);
                }
                close("div");
            }
            case Paragraph(String text, Tone tone) ->
                element("div", "margin:0.3em 0;white-space:pre-wrap;color:" + tone.color(), text);
            // One click selects the whole text, so that it can be copied without a script.
            case Code(String text) ->
                element(
                        "pre",
                        "margin:0.3em 0;padding:0.6em 0.8em;overflow-x:auto;user-select:all;"
                                + "background:var(--jp-layout-color2, #eee);border-radius:4px",
                        text);
            case Badge(String word, Tone tone, String reason) -> {
                open("div", "margin:0.4em 0");
                element(
                        "span",
                        "padding:0.1em 0.6em;border-radius:1em;font-weight:600;border:1px solid;color:" + tone.color(),
                        word);
                out.append(' ');
                element("span", "", reason);
                close("div");
            }
            case Grid grid -> grid(grid);
        }
    }

    private void grid(Grid grid) {
        open("div", "overflow-x:auto");
        open("table", "margin:0.3em 0");
        out.append("<thead><tr>");
        for (GridColumn column : grid.columns()) {
            open("th", side(column) + ";vertical-align:bottom");
            text(column.title());
            if (grid.hasSubtitles()) {
                out.append("<br>");
                element("span", "font-weight:normal;" + QUIET, column.subtitle());
            }
            close("th");
        }
        out.append("</tr></thead><tbody>");
        for (Grid.Row row : grid.rows()) {
            out.append("<tr>");
            switch (row) {
                case Cells cells -> cells(grid, cells);
                case Gap(String remark) -> {
                    out.append("<td colspan=\"").append(grid.columns().size()).append("\" ");
                    out.append("style=\"text-align:center;").append(QUIET).append("\">");
                    text(remark);
                    close("td");
                }
            }
            out.append("</tr>");
        }
        out.append("</tbody></table></div>");
    }

    private void cells(Grid grid, Cells row) {
        for (int i = 0; i < row.cells().size(); i++) {
            Cell cell = row.cells().get(i);
            String color =
                    cell.tone() == Tone.NORMAL ? "" : ";color:" + cell.tone().color();
            element("td", side(grid.columns().get(i)) + ";white-space:pre-wrap" + color, cell.text());
        }
    }

    private static String side(GridColumn column) {
        return column.side() == Side.LEFT ? "text-align:left" : "text-align:right";
    }

    private void element(String name, String style, String content) {
        open(name, style);
        text(content);
        close(name);
    }

    private void open(String name, String style) {
        out.append('<').append(name);
        if (!style.isEmpty()) {
            out.append(" style=\"").append(style).append('"');
        }
        out.append('>');
    }

    private void close(String name) {
        out.append("</").append(name).append('>');
    }

    private void text(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(Character.isISOControl(c) && c != '\n' && c != '\t' ? '\uFFFD' : c);
            }
        }
    }
}
