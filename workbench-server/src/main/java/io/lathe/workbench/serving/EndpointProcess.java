package io.lathe.workbench.serving;

import io.lathe.workbench.process.LocalProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one serving endpoint running: takes over the one an earlier workbench left, else starts one, and starts it again when it
 * dies or answers nobody any more, after pauses that grow while that goes on. Its output goes to a file, so it outlives the workbench.
 * Thread-safe.
 */
public final class EndpointProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointProcess.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final Duration STABLE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(2);

    /**
     * What is known of the endpoint.
     *
     * @param pid its process, if one runs
     * @param state {@code starting}, {@code ready}, {@code unresponsive} when it runs and no longer answers, or {@code failed} when it has
     *     ended and waits for its next start
     * @param reason what is wrong and what happens next; empty when nothing is
     */
    public record Seen(Optional<Long> pid, String url, String state, Optional<String> reason) {}

    /**
     * How long it may be silent before it is replaced.
     *
     * @param start from its start to its first answer
     * @param silence after an answer
     */
    public record Patience(Duration start, Duration silence) {
        public static Patience defaults() {
            return new Patience(Duration.ofSeconds(90), Duration.ofSeconds(20));
        }
    }

    private final EndpointCommand command;
    private final Path cardFile;
    private final Path log;
    private final int wantedPort;
    private final Supplier<String> workbench;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(ANSWER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
    private final Patience patience;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicInteger ends = new AtomicInteger();
    private volatile @Nullable EndpointCard card;
    private volatile boolean hasAnswered;
    private volatile int endsInARow;

    /**
     * @param cardFile where pid and port of the running endpoint are kept
     * @param log receives the endpoint's output
     * @param port where it shall listen; 0 keeps the port of the last time, or lets the system choose
     * @param workbench the address of this workbench, as the endpoint reaches it; asked once the endpoint is started
     */
    public EndpointProcess(EndpointCommand command, Path cardFile, Path log, int port, Supplier<String> workbench) {
        this(command, cardFile, log, port, workbench, Patience.defaults());
    }

    /** As the other constructor, with another patience. */
    public EndpointProcess(
            EndpointCommand command, Path cardFile, Path log, int port, Supplier<String> workbench, Patience patience) {
        this.command = command;
        this.patience = patience;
        this.cardFile = cardFile;
        this.log = log;
        this.workbench = workbench;
        this.wantedPort = port != 0
                ? port
                : EndpointCard.read(cardFile).map(EndpointCard::port).orElseGet(EndpointProcess::freePort);
    }

    private Optional<EndpointCard> takeOver() {
        Optional<EndpointCard> taken = Optional.empty();
        for (ProcessHandle left : command.running()) {
            LocalProcess process = LocalProcess.of(left);
            if (taken.isEmpty() && EndpointCommand.agrees(left, wantedPort, workbench.get())) {
                taken = Optional.of(new EndpointCard(process, wantedPort));
            } else {
                // It asks an address where no workbench is any more, or listens where nobody looks.
                process.stop(Duration.ofSeconds(3));
            }
        }
        return taken;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("No free port for the serving endpoint", e);
        }
    }

    /** Begins to keep the endpoint running; returns at once. */
    public void start() {
        Optional<EndpointCard> taken = takeOver();
        // Known before it is noted: where the note cannot be written, closing must end it.
        card = taken.orElse(null);
        taken.ifPresent(found -> found.write(cardFile));
        Thread.ofPlatform().name("serving-watch").daemon().start(this::keepRunning);
    }

    private void keepRunning() {
        Duration pause = FIRST_PAUSE;
        while (closing.getCount() > 0) {
            long since = System.nanoTime();
            try {
                watch(current());
            } catch (IOException e) {
                LOG.warn("The serving endpoint cannot be started", e);
            }
            if (closing.getCount() == 0) {
                // The process is left to who closes: forgetting it here would leave it running.
                return;
            }
            card = null;
            ends.incrementAndGet();
            boolean stable = System.nanoTime() - since > STABLE.toNanos();
            endsInARow = stable ? 1 : endsInARow + 1;
            pause = stable ? FIRST_PAUSE : min(pause.multipliedBy(2), LONGEST_PAUSE);
            if (isClosing(pause)) {
                return;
            }
            LOG.warn("The serving endpoint has ended and is started again; {} has its output", log);
        }
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private boolean isClosing(Duration patience) {
        try {
            return closing.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    // Starting and closing exclude each other, so no process is started that nobody would stop.
    private synchronized EndpointCard current() throws IOException {
        EndpointCard known = card;
        if (known != null) {
            return known;
        }
        if (closing.getCount() == 0) {
            throw new IOException("The workbench is stopping");
        }
        if (!Files.isRegularFile(command.jar())) {
            throw new IOException(command.jar() + " is not there: build it with ./lathe up");
        }
        Files.createDirectories(command.data());
        ProcessBuilder builder = new ProcessBuilder(command.arguments(wantedPort, workbench.get()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        Process process = builder.start();
        EndpointCard fresh = new EndpointCard(LocalProcess.of(process.toHandle()), wantedPort);
        try {
            fresh.write(cardFile);
        } catch (UncheckedIOException e) {
            // One that no later workbench could find must not run.
            process.destroyForcibly();
            throw new IOException(e.getMessage(), e.getCause());
        }
        card = fresh;
        return fresh;
    }

    /** Returns when the process is gone: by itself, or because it answered nobody for too long and was ended for that. */
    private void watch(EndpointCard running) {
        hasAnswered = false;
        long lastAnswer = System.nanoTime();
        long nextQuestion = lastAnswer;
        while (running.process().isAlive() && !isClosing(BETWEEN_LOOKS)) {
            if (System.nanoTime() - nextQuestion >= 0) {
                if (answers()) {
                    lastAnswer = System.nanoTime();
                    hasAnswered = true;
                }
                nextQuestion = System.nanoTime() + BETWEEN_QUESTIONS.toNanos();
            }
            Duration most = hasAnswered ? patience.silence() : patience.start();
            if (System.nanoTime() - lastAnswer > most.toNanos() && closing.getCount() > 0) {
                LOG.warn("The serving endpoint has not answered for {} s and is ended", most.toSeconds());
                running.process().stop(Duration.ofMillis(100));
                return;
            }
        }
    }

    private boolean answers() {
        try {
            return status().isPresent();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** How often the endpoint ended, or was ended because it hung, since this workbench runs. */
    int ends() {
        return ends.get();
    }

    /** Where consumers reach it. */
    public String url() {
        return "http://127.0.0.1:" + wantedPort;
    }

    /** What the endpoint answers to who asks how it is; empty when it does not answer. */
    public Optional<EndpointStatus> status() throws InterruptedException {
        return EndpointStatus.ask(client, URI.create(url()), ANSWER);
    }

    public Seen seen() throws InterruptedException {
        EndpointCard running = card;
        if (running == null || !running.process().isAlive()) {
            int times = endsInARow;
            return new Seen(
                    Optional.empty(),
                    url(),
                    "failed",
                    Optional.of(
                            times == 0
                                    ? "It does not run yet."
                                    : "It has ended " + (times == 1 ? "once" : times + " times in a row")
                                            + " and is started again within " + LONGEST_PAUSE.toSeconds()
                                            + " s; logs/serving.log in the data folder has its output."));
        }
        Optional<Long> pid = Optional.of(running.process().pid());
        if (status().isPresent()) {
            hasAnswered = true;
            return new Seen(pid, url(), "ready", Optional.empty());
        }
        return hasAnswered
                ? new Seen(
                        pid,
                        url(),
                        "unresponsive",
                        Optional.of("It runs but does not answer; after "
                                + patience.silence().toSeconds() + " s of silence it is replaced."))
                : new Seen(pid, url(), "starting", Optional.empty());
    }

    /** Stops the endpoint and returns when it is gone. */
    @Override
    public void close() {
        closing.countDown();
        EndpointCard running;
        synchronized (this) {
            running = card;
        }
        if (running != null) {
            running.process().stop(Duration.ofSeconds(3));
        }
        try {
            Files.deleteIfExists(cardFile);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + cardFile, e);
        }
    }

    /** Stops watching and leaves the endpoint as it is, for the next workbench to take over. */
    public void leave() {
        closing.countDown();
    }
}
