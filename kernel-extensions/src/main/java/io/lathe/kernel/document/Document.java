package io.lathe.kernel.document;

import java.util.ArrayList;
import java.util.List;

/**
 * One notebook output as blocks from top to bottom. Immutable.
 *
 * @param blocks what is shown, in order
 */
public record Document(List<Block> blocks) {

    /** One part of an output. */
    public sealed interface Block permits Heading, Paragraph, Grid, Code, Badge {}

    /**
     * A short title.
     *
     * @param text  the title
     * @param aside a quieter remark beside it, or empty
     */
    public record Heading(String text, String aside) implements Block {}

    /**
     * A sentence or two.
     *
     * @param text the words
     * @param tone how loud they are
     */
    public record Paragraph(String text, Tone tone) implements Block {}

    /**
     * Text to be copied as it is: a command, a schema.
     *
     * @param text the lines
     */
    public record Code(String text) implements Block {}

    /**
     * One word that must be seen first, with its explanation.
     *
     * @param word   the word
     * @param tone   its colour
     * @param reason why
     */
    public record Badge(String word, Tone tone, String reason) implements Block {}

    public Document {
        blocks = List.copyOf(blocks);
    }

    public static Document of(Block... blocks) {
        return new Document(List.of(blocks));
    }

    /** This document with more blocks below. */
    public Document with(Block... more) {
        var all = new ArrayList<>(blocks);
        all.addAll(List.of(more));
        return new Document(all);
    }

    /** As HTML that is safe to show: everything that is not markup of ours is escaped; it loads nothing. */
    public String html() {
        return new HtmlPrinter().print(this);
    }

    /** As plain text, for consoles, {@code nbconvert} and diffs. */
    public String text() {
        return new TextPrinter().print(this);
    }
}
