package io.lathe.launcher.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which process listens on a TCP port of this machine. */
public final class PortHolder {
    private static final Path PROC = Path.of("/proc");

    /** Of a line of /proc/net/tcp: local port, state, inode. */
    private static final Pattern SOCKET = Pattern.compile(
            "\\s*\\d+: [0-9A-F]+:([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} ([0-9A-F]{2}) \\S+ \\S+ \\S+ +\\d+ +\\d+ (\\d+) .*");

    private static final String LISTENS = "0A";

    /** Characters; a data folder that is named shall be whole. */
    private static final int COMMAND_LIMIT = 1_000;

    private PortHolder() {}

    /** For example {@code process 4711 (java -jar …/workbench-server.jar --data /home/ada/trial)}; empty where this user may not know. */
    public static Optional<String> find(int port) {
        Optional<Long> pid = Files.isDirectory(PROC) ? byProc(port) : byLsof(port);
        return pid.map(number ->
                "process " + number + command(number).map(" (%s)"::formatted).orElse(""));
    }

    private static Optional<Long> byProc(int port) {
        Set<String> sockets = new TreeSet<>();
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : lines(PROC.resolve("net").resolve(table))) {
                Matcher socket = SOCKET.matcher(line);
                if (socket.matches()
                        && Integer.parseInt(socket.group(1), 16) == port
                        && socket.group(2).equals(LISTENS)) {
                    sockets.add("socket:[" + socket.group(3) + "]");
                }
            }
        }
        return sockets.isEmpty()
                ? Optional.empty()
                : ProcessHandle.allProcesses()
                        .map(ProcessHandle::pid)
                        .filter(pid -> hasOpen(pid, sockets))
                        .findFirst();
    }

    private static boolean hasOpen(long pid, Set<String> sockets) {
        try (var files =
                Files.newDirectoryStream(PROC.resolve(Long.toString(pid)).resolve("fd"))) {
            for (Path file : files) {
                if (sockets.contains(Files.readSymbolicLink(file).toString())) {
                    return true;
                }
            }
            return false;
        } catch (IOException | RuntimeException e) {
            // Another user's process, or one that just ended or closed a file.
            return false;
        }
    }

    private static Optional<Long> byLsof(int port) {
        try {
            List<String> question = List.of("lsof", "-nP", "-iTCP:" + port, "-sTCP:LISTEN", "-t");
            return Programs.answer(question, Map.of(), Duration.ofSeconds(10))
                    .flatMap(answer -> answer.lines().findFirst())
                    .map(Long::valueOf);
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Of the command as it was typed the program, its file's name and its data folder; anything else may hold a secret. */
    private static Optional<String> command(long pid) {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        Optional<String> program = process.flatMap(handle -> handle.info().command());
        List<String> words = new ArrayList<>();
        program.map(path -> String.valueOf(Path.of(path).getFileName())).ifPresent(words::add);
        List<String> arguments = process.flatMap(handle -> handle.info().arguments())
                .map(List::of)
                .orElse(List.of());
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if (word.equals("--data") || (i > 0 && arguments.get(i - 1).equals("--data"))) {
                words.add(word);
            } else if (!word.startsWith("-") && word.matches(".*\\.(jar|py|js)")) {
                words.add(word.replaceFirst(".*/", ""));
            }
        }
        String text = String.join(" ", words);
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(text.length() > COMMAND_LIMIT ? text.substring(0, COMMAND_LIMIT) + "…" : text);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }
}
