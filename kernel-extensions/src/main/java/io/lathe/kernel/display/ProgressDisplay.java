package io.lathe.kernel.display;

import io.lathe.kernel.document.Document;
import io.lathe.kernel.document.Document.Block;
import io.lathe.kernel.document.Document.Paragraph;
import io.lathe.kernel.document.Tone;
import io.lathe.kernel.publish.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** Shows a publication's steps below the running cell, in one output that is updated. Used by one thread. */
public final class ProgressDisplay implements Progress {

    private static final Set<String> LAST = Set.of("done", "failed");

    private final BaseKernel kernel;
    private final String id = UUID.randomUUID().toString();
    private final List<String> steps = new ArrayList<>();

    public ProgressDisplay(BaseKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public void step(String state, String message) {
        steps.add(message.isEmpty() ? state : firstSentence(message));
        Document document = document(LAST.contains(state) ? steps.size() : steps.size() - 1);
        var data = new DisplayData();
        data.putHTML(document.html());
        data.putText(document.text());
        data.putTransientData("display_id", id);
        if (steps.size() == 1) {
            kernel.display(data);
        } else {
            kernel.getIO().display.updateDisplay(data);
        }
    }

    /** The reasons come with the verdict; here they would be read twice. */
    private static String firstSentence(String message) {
        int end = message.indexOf(". ");
        return end < 0 ? message : message.substring(0, end);
    }

    private Document document(int finished) {
        var blocks = new ArrayList<Block>();
        for (int i = 0; i < steps.size(); i++) {
            blocks.add(new Paragraph((i < finished ? "✓ " : "… ") + steps.get(i), Tone.QUIET));
        }
        return new Document(blocks);
    }
}
