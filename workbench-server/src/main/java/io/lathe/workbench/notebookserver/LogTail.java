package io.lathe.workbench.notebookserver;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of a log that may be of any size and hold anything. */
final class LogTail {
    private static final int BYTES = 16 * 1024;
    private static final int LINES = 40;
    private static final int LINE_CHARACTERS = 500;

    private LogTail() {}

    /** At most 40 lines of at most 500 characters, without terminal colours and other control characters. */
    static List<String> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long start = Math.max(0, log.length() - BYTES);
            log.seek(start);
            byte[] bytes = new byte[(int) Math.min(BYTES, log.length() - start)];
            log.readFully(bytes);
            List<String> lines = new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .skip(start > 0 ? 1 : 0) // the first one is cut
                    .map(LogTail::plain)
                    .filter(line -> !line.isBlank())
                    .toList();
            return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
        } catch (IOException e) {
            return List.of("(the log " + file.getFileName() + " cannot be read: " + e.getMessage() + ")");
        }
    }

    private static String plain(String line) {
        String text = line.replaceAll("\u001B\\[[0-9;?]*[ -/]*[@-~]", "").replaceAll("\\p{Cntrl}", " ");
        return text.length() > LINE_CHARACTERS ? text.substring(0, LINE_CHARACTERS) + "…" : text;
    }
}
