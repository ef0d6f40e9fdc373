package io.lathe.launcher.setup;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where {@code ./lathe} enters Java: brings set-up as far as the command needs it, then hands over to the command line proper, which lies in the
 * launcher's jar and is loaded only now because set-up may just have built it.
 */
public final class Main {
    /** Names the checkout whose set-up is known to be done; set for tests that start {@code ./lathe} while Maven runs. */
    static final String SETUP_IS_DONE = "LATHE_SETUP_IS_DONE";

    /** Names the folder that set-up works in, in place of the checkout. */
    static final String ELSEWHERE = "LATHE_BUILD";

    private static final String COMMAND_LINE = "io.lathe.launcher.Lathe";
    private static final int FAILED = 1;
    private static final int BAD_USE = 2;
    private static final int UNREACHABLE = 3;
    private static final int CANCELLED = 130;

    private final Checkout checkout;
    private final Progress progress;
    private final PrintStream out;
    private final PrintStream err;

    Main(Checkout checkout, PrintStream out, PrintStream err) {
        this.checkout = checkout;
        this.progress = new Progress(err);
        this.out = out;
        this.err = err;
    }

    /** @param arguments the checkout's folder, then what the user typed after {@code ./lathe} */
    public static void main(String[] arguments) {
        List<String> words = List.of(arguments);
        Checkout sources = new Checkout(Path.of(words.getFirst()));
        Optional<Path> elsewhere = Programs.named(ELSEWHERE);
        Checkout checkout = elsewhere.map(Checkout::new).orElse(sources);
        Main main = new Main(checkout, System.out, System.err);
        System.exit(
                elsewhere.isEmpty()
                        ? main.run(words.subList(1, words.size()))
                        : main.run(sources, words.subList(1, words.size())));
    }

    /** Works in a copy of the sources, because their own folder cannot be written or shall not be. */
    private int run(Checkout sources, List<String> arguments) {
        try {
            new SourceCopy(sources.root(), checkout.root()).refresh();
        } catch (SetupFailure failure) {
            progress.say(String.valueOf(failure.getMessage()));
            return failure.exitCode();
        } catch (IOException e) {
            progress.say(DiskSpace.explain(e, checkout.root())
                    .orElse("cannot copy " + sources.root() + " to " + ELSEWHERE + "=" + checkout.root() + ": " + e
                            + ". Set it to a folder that you may write to"));
            return FAILED;
        }
        return run(arguments);
    }

    /** @return the exit code */
    int run(List<String> arguments) {
        try {
            return dispatch(arguments);
        } catch (SetupFailure failure) {
            progress.say(String.valueOf(failure.getMessage()));
            setupStep(arguments, Duration.ZERO, Optional.of(failure));
            return failure.exitCode();
        } catch (IOException e) {
            progress.say(DiskSpace.explain(e, checkout.build())
                    .or(() -> ReadOnly.explain(e, checkout))
                    .orElse("set-up failed on a file or program: " + e.getMessage() + " ("
                            + e.getClass().getSimpleName() + ")"));
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CANCELLED;
        }
    }

    private int dispatch(List<String> arguments) throws IOException, InterruptedException {
        boolean asksForHelp = arguments.stream().anyMatch(word -> word.equals("-h") || word.equals("--help"));
        Optional<String> word = Verb.wordIn(arguments);
        if (word.isEmpty() && arguments.equals(List.of("--version"))) {
            out.println("lathe " + checkout.version());
            return 0;
        }
        if (word.isEmpty()) {
            if (!asksForHelp) {
                arguments.stream().findFirst().ifPresent(first -> err.println("lathe: " + first + " needs a command"));
            }
            overview(asksForHelp ? out : err);
            return asksForHelp ? 0 : BAD_USE;
        }
        Optional<Verb> found = Verb.find(word.get());
        if (found.isEmpty()) {
            return noCommand(word.get());
        }
        Verb verb = found.get();
        if (!asksForHelp && !arguments.getFirst().equals(verb.word())) {
            List<String> inOrder = new ArrayList<>(arguments);
            inOrder.remove(verb.word());
            inOrder.addFirst(verb.word());
            progress.say("options come after the command: './lathe "
                    + String.join(
                            " ", inOrder.stream().map(TypedCommand::quoted).toList()) + "'");
            return BAD_USE;
        }
        Optional<String> second = Verb.wordIn(arguments.subList(arguments.indexOf(verb.word()) + 1, arguments.size()));
        if (verb == Verb.HELP && second.isPresent() && Verb.find(second.get()).isEmpty()) {
            return noCommand(second.get());
        }
        if (asksForHelp || verb == Verb.HELP) {
            return help(arguments, verb == Verb.HELP ? second.flatMap(Verb::find) : found);
        }
        Optional<String> unknown = verb.unknownOption(arguments);
        if (unknown.isPresent()) {
            progress.say("'" + verb.word() + "' has no option '" + unknown.get() + "'."
                    + verb.guessOption(unknown.get()) + " './lathe help " + verb.word() + "' lists all.");
            return BAD_USE;
        }
        Optional<String> badValue = Verb.badValue(arguments);
        if (badValue.isPresent()) {
            progress.say(badValue.get());
            return BAD_USE;
        }
        if (verb.takesNoWords() && second.isPresent()) {
            progress.say("'" + verb.word() + "' takes no '" + second.get() + "'. './lathe help " + verb.word()
                    + "' says what it takes.");
            return BAD_USE;
        }
        return switch (verb) {
            case TEST -> test(arguments);
            case DOCTOR ->
                new Doctor(checkout, dataFolder(arguments), out)
                        .run(arguments.contains("--json") ? Doctor.Form.JSON : Doctor.Form.LINES);
            default -> setUpAndRun(verb, arguments);
        };
    }

    private int noCommand(String word) {
        progress.say("there is no command '" + word + "'." + Verb.guessWord(word) + " './lathe help' lists all.");
        return BAD_USE;
    }

    private int setUpAndRun(Verb verb, List<String> arguments) throws IOException, InterruptedException {
        Duration time = Duration.ZERO;
        if (!isDone()) {
            Setup setup = new Setup(checkout, progress);
            switch (verb.needs()) {
                case EVERYTHING -> time = setup.run(Setup.everything(checkout));
                case APPLICATIONS -> time = setup.run(List.of(new JarsPhase(checkout)));
                case COMMAND_LINE -> {
                    if (!Files.exists(checkout.jar("launcher"))) {
                        Path data = dataFolder(arguments).toAbsolutePath().normalize();
                        if (SetupLock.isHeld(checkout) || !Files.exists(data.resolve("run"))) {
                            return withoutCommandLine(verb, data);
                        }
                        setup.run(List.of(JarsPhase.ofCommandLine(checkout)));
                    }
                }
                case NOTHING -> {}
            }
        }
        setupStep(arguments, time, Optional.empty());
        return commandLine(arguments);
    }

    /** Nobody asks a state to wait for minutes: this is said at once instead, and by the exit codes of the command line proper. */
    private int withoutCommandLine(Verb verb, Path data) throws IOException {
        if (SetupLock.isHeld(checkout)) {
            progress.say("another ./lathe is setting up " + checkout.root() + ", and '" + verb.word()
                    + "' works once it has built its jars; " + checkout.build().resolve("logs")
                    + " shows how far it is");
            return UNREACHABLE;
        }
        progress.say("nothing is set up in " + checkout.root() + " yet, so nothing runs on " + data + "; '"
                + TypedCommand.of("up", data, checkout.defaultData()) + "' sets it up and starts it");
        return verb == Verb.DOWN ? 0 : UNREACHABLE;
    }

    private int test(List<String> arguments) throws IOException, InterruptedException {
        List<String> rest = new ArrayList<>(arguments);
        rest.remove(Verb.TEST.word());
        Optional<TestExtent> extent = TestExtent.of(rest);
        if (extent.isEmpty()) {
            progress.say("'test' takes nothing, 'fast' or 'scale', not '" + String.join(" ", rest) + "'");
            return BAD_USE;
        }
        return new TestRun(checkout, progress, out).run(extent.get());
    }

    private int help(List<String> arguments, Optional<Verb> about) throws IOException {
        if (Files.exists(checkout.jar("launcher"))) {
            return commandLine(arguments);
        }
        about.ifPresentOrElse(this::describe, () -> overview(out));
        return 0;
    }

    /** What is known of a command before the command line proper is built. */
    private void describe(Verb verb) {
        out.println("Usage: ./lathe " + verb.word() + (verb.options().isEmpty() ? "" : " [OPTIONS]"));
        out.println(verb.summary());
        if (!verb.options().isEmpty()) {
            out.println();
            verb.options().forEach(option -> out.println("  " + option));
        }
        if (verb.options().contains("--port")) {
            out.println();
            out.println("--data DIR is the folder that holds all state, .lathe in the checkout unless it is named;");
            out.println("--port N is the workbench's loopback port, 8080 unless it is named, 0 for any that is free.");
        }
        out.println();
        out.println("Nothing is set up here yet; after the first './lathe up' this help describes every option.");
        out.flush();
    }

    private void overview(PrintStream stream) {
        stream.println("Usage: ./lathe COMMAND [OPTIONS]");
        stream.println();
        for (Verb verb : Verb.values()) {
            stream.printf("  %-9s %s%n", verb.word(), verb.summary());
        }
        stream.println();
        stream.println(
                "'./lathe help COMMAND' describes one command, './lathe --version' names the version. A first './lathe up' sets everything up.");
        stream.flush();
    }

    /** {@code demo --json} speaks from its first step on, and set-up is that step. */
    private void setupStep(List<String> arguments, Duration time, Optional<SetupFailure> failure) {
        if (!Verb.wordIn(arguments).equals(Optional.of(Verb.DEMO.word()))) {
            return;
        }
        if (!arguments.contains("--json")) {
            out.printf("%-10s  %s  %7s%n", "setup", failure.isEmpty() ? "ok" : "FAILED", Progress.seconds(time));
            out.flush();
            return;
        }
        out.printf(
                Locale.ROOT,
                "{\"step\":\"setup\",\"ok\":%s,\"seconds\":%.3f%s}%n",
                failure.isEmpty(),
                time.toMillis() / 1000.0,
                failure.map(cause -> ",\"error\":" + JsonText.quoted(String.valueOf(cause.getMessage())))
                        .orElse(""));
        out.flush();
    }

    private Path dataFolder(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).startsWith("--data=")) {
                return Path.of(arguments.get(i).substring("--data=".length()));
            }
            if (arguments.get(i).equals("--data") && i + 1 < arguments.size()) {
                return Path.of(arguments.get(i + 1));
            }
        }
        return checkout.defaultData();
    }

    private boolean isDone() {
        return checkout.root().toString().equals(System.getenv(SETUP_IS_DONE));
    }

    private int commandLine(List<String> arguments) throws IOException {
        URL jar = URI.create(checkout.jar("launcher").toUri().toString()).toURL();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar}, Main.class.getClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            Object code = loader.loadClass(COMMAND_LINE)
                    .getMethod("run", Path.class, List.class)
                    .invoke(null, checkout.root(), arguments);
            return (Integer) code;
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the command line failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IOException(
                    checkout.jar("launcher") + " is not Lathe's command line; run './lathe up' to build it anew", e);
        }
    }
}
