package io.lathe.product.line;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What README's console blocks tell a reader to type.
 *
 * @param commands in their order; a command over several lines is one text
 */
record Readme(List<String> commands) {
    private static final String PROMPT = "$ ";

    static Readme read(Path file) throws IOException {
        var commands = new ArrayList<String>();
        boolean inBlock = false;
        boolean goesOn = false;
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("```")) {
                inBlock = line.equals("```console");
            } else if (inBlock && goesOn) {
                commands.add(commands.removeLast() + "\n" + line);
            } else if (inBlock && line.startsWith(PROMPT)) {
                commands.add(line.substring(PROMPT.length()));
            } else {
                continue;
            }
            goesOn = inBlock && line.endsWith("\\");
        }
        return new Readme(commands);
    }

    /** From the first command that contains {@code word} on. */
    List<String> from(String word) {
        for (int i = 0; i < commands.size(); i++) {
            if (commands.get(i).contains(word)) {
                return commands.subList(i, commands.size());
            }
        }
        throw new AssertionError("README has no command with '" + word + "'");
    }
}
