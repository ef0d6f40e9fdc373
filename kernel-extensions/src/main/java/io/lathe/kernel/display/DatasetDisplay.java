package io.lathe.kernel.display;

import io.lathe.datasets.read.MissingToken;
import io.lathe.datasets.version.DatasetFile;
import io.lathe.datasets.version.DatasetVersion;
import io.lathe.kernel.data.CommitReceipt;
import io.lathe.kernel.data.DatasetList;
import io.lathe.kernel.data.VersionHandle;
import io.lathe.kernel.document.Document;
import io.lathe.kernel.document.Document.Badge;
import io.lathe.kernel.document.Document.Block;
import io.lathe.kernel.document.Document.Heading;
import io.lathe.kernel.document.Document.Paragraph;
import io.lathe.kernel.document.Grid;
import io.lathe.kernel.document.Grid.Cell;
import io.lathe.kernel.document.Grid.Cells;
import io.lathe.kernel.document.Grid.GridColumn;
import io.lathe.kernel.document.Tone;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Dataset versions: the list, one of them, and what a commit did. */
final class DatasetDisplay {

    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);
    private static final int FILES = 20;
    private static final int SHORT_HASH = 12;

    private DatasetDisplay() {}

    static Document list(DatasetList list) {
        if (list.datasets().isEmpty() && list.damaged().isEmpty()) {
            return Document.of(new Paragraph(
                    "No datasets yet. Lathe.commit(\"name\", table, \"what it is\") makes the first version of one.",
                    Tone.QUIET));
        }
        var rows = new ArrayList<Grid.Row>();
        for (DatasetList.Entry entry : list.datasets()) {
            DatasetVersion latest = entry.versions().getLast();
            rows.add(Cells.of(
                    Cell.of(latest.ref().toString()),
                    Cell.of(Integer.toString(entry.versions().size())),
                    Cell.of(WHEN.format(latest.createdAt())),
                    Cell.of(latest.message())));
        }
        var blocks = new ArrayList<Document.Block>();
        blocks.add(new Grid(
                List.of(
                        GridColumn.left("latest version"),
                        GridColumn.right("versions"),
                        GridColumn.left("committed"),
                        GridColumn.left("message")),
                rows));
        for (DatasetList.Damaged damaged : list.damaged()) {
            blocks.add(new Paragraph(damaged.name() + " cannot be read: " + damaged.problem(), Tone.BAD));
        }
        return new Document(blocks);
    }

    static Document version(VersionHandle handle) {
        return new Document(blocks(handle));
    }

    static Document receipt(CommitReceipt receipt) {
        Block badge = receipt.isNew()
                ? new Badge("committed", Tone.GOOD, "")
                : new Badge("unchanged", Tone.QUIET, "The latest version already has this content.");
        var blocks = new ArrayList<>(blocks(receipt.version()));
        blocks.addFirst(badge);
        for (MissingToken token : receipt.readAsMissing()) {
            blocks.add(new Paragraph(
                    "Column '" + token.column() + "' has the text '" + token.token() + "' in "
                            + Numbers.count(token.count(), "row")
                            + ", which is read back as missing. To keep it as a value, accept a schema whose domain of this column names it.",
                    Tone.WARNING));
        }
        return new Document(blocks);
    }

    private static List<Block> blocks(VersionHandle handle) {
        DatasetVersion version = handle.version();
        var blocks = new ArrayList<Block>();
        blocks.add(new Heading(handle.ref(), WHEN.format(version.createdAt()) + " by " + version.author()));
        blocks.add(new Paragraph(version.message(), Tone.NORMAL));
        if (!version.source().isEmpty()) {
            blocks.add(new Paragraph("From " + version.source(), Tone.QUIET));
        }
        List<DatasetFile> files = version.files();
        var rows = new ArrayList<Grid.Row>();
        for (DatasetFile file : files.subList(0, Math.min(FILES, files.size()))) {
            rows.add(Cells.of(
                    Cell.of(file.path()),
                    Cell.of(Numbers.bytes(file.bytes())),
                    Cell.quiet(file.sha256().substring(0, SHORT_HASH))));
        }
        if (files.size() > FILES) {
            rows.add(new Grid.Gap("⋯ " + Numbers.count(files.size() - FILES, "file") + " not shown ⋯"));
        }
        blocks.add(
                new Grid(List.of(GridColumn.left("file"), GridColumn.right("size"), GridColumn.left("SHA-256")), rows));
        return blocks;
    }
}
