package io.lathe.launcher.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** How what belongs to a notebook server is told from strangers, whatever a note in the data folder says: by the server's id in its environment. */
public final class ProcessMark {
    private static final String SERVER_ID = "LATHE_SERVER_ID=";
    private static final Path PROC = Path.of("/proc");

    private ProcessMark() {}

    /** Whether it belongs to one of these notebook servers; where the system shows no environments (macOS), nothing is known to. */
    public static boolean carries(ProcessHandle process, Set<String> serverIds) {
        return environment(process.pid()).stream()
                .anyMatch(line -> line.startsWith(SERVER_ID) && serverIds.contains(line.substring(SERVER_ID.length())));
    }

    /** Whether {@link #carries} can know. */
    static boolean areEnvironmentsShown() {
        return Files.isDirectory(PROC);
    }

    private static List<String> environment(long pid) {
        try {
            byte[] bytes = Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve("environ"));
            return List.of(new String(bytes, StandardCharsets.UTF_8).split(Pattern.quote("\0")));
        } catch (IOException e) {
            // Another user's process, one that just ended, or a system without /proc.
            return List.of();
        }
    }
}
