package io.lathe.workbench.proxy;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An {@link Edge} in a process of its own, with as little memory as a test wants, that says how much it uses. */
final class SmallEdge implements AutoCloseable {
    /** What it uses once its garbage is gone, how much of the machine's memory it has, and how many threads and files. */
    record Use(long heapBytes, long directBytes, long residentBytes, long threads, long files) {}

    final int port;
    final String cookie;
    private final Process process;
    private final BufferedReader answers;
    private final PrintStream orders;

    /** @param upstream port of project a's notebook server */
    SmallEdge(Path folder, int upstream, String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), SmallEdge.class.getName()));
        command.addAll(List.of(folder.toString(), Integer.toString(upstream)));
        try {
            process = new ProcessBuilder(command)
                    .redirectError(new File(folder.toFile(), "edge.err"))
                    .start();
            answers = process.inputReader(StandardCharsets.UTF_8);
            orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
            String[] words = answer().split(" ");
            port = Integer.parseInt(words[0]);
            cookie = words[1];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The child. */
    public static void main(String[] arguments) throws IOException {
        ProxyLimits limits = ProxyLimits.defaults();
        try (Edge edge = new Edge(
                Path.of(arguments[0]),
                new ProxyLimits(
                        limits.connect(),
                        limits.silence(),
                        limits.handshake(),
                        limits.halfClosed(),
                        limits.stalled(),
                        limits.farewell(),
                        limits.watch(),
                        limits.messageBytes(),
                        2L << 30,
                        limits.tunnels(),
                        limits.tunnelsOfProject()))) {
            edge.running("a", Integer.parseInt(arguments[1]));
            System.out.println(edge.port() + " " + edge.cookie("a"));
            BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            while (orders.readLine() != null) {
                System.gc();
                System.out.println(
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()
                                + " "
                                + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                                        .filter(pool -> pool.getName().equals("direct"))
                                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                                        .sum()
                                + " " + residentBytes()
                                + " " + ManagementFactory.getThreadMXBean().getThreadCount() + " "
                                + new File("/proc/self/fd").list().length + " "
                                + edge.proxy.tunnels().count("a"));
            }
        }
    }

    private static long residentBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IllegalStateException("The edge has ended, perhaps for lack of memory");
        }
        return line;
    }

    private long[] ask() {
        orders.println("use");
        try {
            String[] words = answer().split(" ");
            long[] numbers = new long[words.length];
            for (int i = 0; i < words.length; i++) {
                numbers[i] = Long.parseLong(words[i]);
            }
            return numbers;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Use use() {
        long[] numbers = ask();
        return new Use(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }

    long tunnels() {
        return ask()[5];
    }

    String host() {
        return "a.notebooks.localhost:" + port;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        orders.close(); // the child's loop ends
        try {
            if (!process.waitFor(20, java.util.concurrent.TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
