package io.lathe.product.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.lathe.product.Checkout;
import io.lathe.product.architecture.MessageScan.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Every error message of the product, read from its sources: each names the value and the next step, and no secret. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MessagesTest {
    /** A word of what to do, or the bound or form that is needed, or where to look. */
    private static final Pattern NEXT_STEP = Pattern.compile(
            "(?i)\\b(use|send|roll|try|choose|run|ask|name|give|say|see|see|look|check|declare|read it|save|copy|correct|call|put|restore|"
                    + "remove|start|stop|open|reload|close|wait|train|publish|pick|set|add|make|makes|builds|ends|starts|installs?|move|go|"
                    + "report|report it|retry|shorten|split|rename|draw|fit|turn|leave|keep|create|delete|compare|commit|"
                    + "must|needs?|at most|at least|did you mean|known|only|expected|takes|has to|"
                    + "is it|is there|is its|is a|did the|not known here|versions:)\\b"
                    + "|(?i)more than|longer than|deeper than|beyond|twice|, not |is needed|is no |are written|has exactly|first\\b"
                    + "|reads format|cannot be both|already|one for each|its log|The end of|ragged|elements, but|is not valid|not text"
                    + "|Nearest\\.|hint|versionsOf|/lathe|\\./lathe");

    private static final Pattern SECRET = Pattern.compile(
            "(?i)\\{[^}]*\\b(token|secret|password|cookie|csrf|ticket|authorization|loginCode)\\b(?!File)[^}]*}");

    private List<Message> messages = List.of();

    @BeforeAll
    void scan() throws IOException {
        List<Path> sources = new ArrayList<>();
        Path root = Checkout.here().root();
        for (String module : List.of(
                "datasets",
                "datasets-tables",
                "models",
                "kernel-extensions",
                "web",
                "workbench-server",
                "serving-endpoint",
                "launcher")) {
            try (Stream<Path> files = Files.walk(root.resolve(module).resolve("src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        messages = MessageScan.of(sources);
        Files.write(
                Checkout.here().leavings("messages.txt"),
                messages.stream()
                        .map(message -> message.place() + ": " + message.text())
                        .toList());
    }

    @Test
    void theScanFindsMessagesOfEveryKind() {
        assertThat(messages).hasSizeGreaterThan(300);
        assertThat(texts())
                .anyMatch(text -> text.startsWith("There is no project '{name}'."))
                .anyMatch(text -> text.startsWith("Unknown option '{option}'."))
                .anyMatch(text -> text.contains("takes no"));
    }

    private List<String> texts() {
        return messages.stream().map(Message::text).toList();
    }

    @Test
    void everyMessageSaysWhatToDo() {
        assertThat(messages)
                .filteredOn(message -> !message.isOurFault()
                        && !isHandedOn(message.text())
                        && !ENDED_BY_OTHERS.contains(message.place()))
                .filteredOn(message -> !NEXT_STEP.matcher(message.text()).find())
                .isEmpty();
    }

    @Test
    void everyMessageNamesTheValueUnlessThereIsNone() throws IOException {
        Path list = Checkout.here().root().resolve("product-tests/src/test/resources/messages-without-a-value.txt");
        assertThat(messages)
                .filteredOn(message -> !message.isOurFault() && !message.text().contains("{"))
                .extracting(Message::text)
                .as("name the value in the message, or, where there is none to name, add the message to "
                        + list.getFileName())
                .isSubsetOf(Files.readAllLines(list));
    }

    @Test
    void noMessageHoldsASecret() {
        assertThat(messages)
                .filteredOn(message -> SECRET.matcher(message.text()).find())
                .isEmpty();
    }

    /** The person did it; there is nothing to say. */
    private static final String CANCELLED = "cancelled";

    /** The demo's own: it ends each of its failures with where its logs are; and what only passes another message on. */
    private static final Set<String> ENDED_BY_OTHERS =
            Set.of("Demo", "KernelChannel", "NotebookRun", "Prediction", "ProjectHost", "JsonErrors", "RowNumber");

    /** A text made elsewhere, by a message that is listed there. */
    private static boolean isHandedOn(String text) {
        return text.equals(CANCELLED) || text.matches("(?s)\\{[^{}]*}");
    }
}
