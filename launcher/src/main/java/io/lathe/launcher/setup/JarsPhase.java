package io.lathe.launcher.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Maven builds the jars of the product's modules, without tests and without the module that only holds tests. */
final class JarsPhase implements Phase {
    private static final Pattern MODULE = Pattern.compile("<module>\\s*([A-Za-z0-9._-]+)\\s*</module>");
    private static final String TESTS_ONLY = "product-tests";

    /** The modules whose jars are started or loaded by name. */
    private static final Set<String> STARTED =
            Set.of("launcher", "workbench-server", "serving-endpoint", "kernel-extensions");

    private static final Duration DEADLINE = Duration.ofMinutes(30);

    private final Checkout checkout;
    private final List<String> only;

    JarsPhase(Checkout checkout) {
        this(checkout, List.of());
    }

    private JarsPhase(Checkout checkout, List<String> only) {
        this.checkout = checkout;
        this.only = only;
    }

    /** Only the command line, for commands that need nothing else. */
    static JarsPhase ofCommandLine(Checkout checkout) {
        return new JarsPhase(checkout, List.of("launcher"));
    }

    @Override
    public String name() {
        return only.isEmpty() ? "jars" : "command-line";
    }

    @Override
    public String purpose() {
        return "building " + String.join(", ", modulesOrEmpty()) + " with Maven";
    }

    @Override
    public List<Requirement> requirements() {
        return List.of(Requirement.maven());
    }

    @Override
    public String fingerprint() throws IOException {
        Fingerprint fingerprint = new Fingerprint()
                .addFile(checkout.root().resolve("pom.xml"))
                .addFolder(checkout.root().resolve(".mvn"), Set.of());
        for (String module : modules()) {
            fingerprint
                    .add(module)
                    .addFile(checkout.root().resolve(module).resolve("pom.xml"))
                    .addFolder(checkout.root().resolve(module).resolve("src").resolve("main"), Set.of());
        }
        return fingerprint.hex();
    }

    @Override
    public boolean inPlace() {
        return modulesOrEmpty().stream()
                .filter(STARTED::contains)
                .map(checkout::jar)
                .allMatch(Files::isRegularFile);
    }

    /** The folder that {@link Checkout#applications()} leads to once this phase is done. */
    Path applications() throws IOException {
        return new Applications(checkout, fingerprint()).folder();
    }

    @Override
    public long room() {
        return 400 * DiskSpace.MIB;
    }

    @Override
    public void run(Tools tools, Before before) throws IOException, InterruptedException {
        if (before == Before.CUT_OFF || isFromTheFuture()) {
            // Maven goes by dates alone: it takes half a class for a whole one, and a class of tomorrow for newer than
            // today's source.
            for (String module : modules()) {
                Folders.delete(target(module));
            }
        }
        Maven maven = Maven.find().orElseThrow(() -> new SetupFailure("Maven went away while set-up was running"));
        List<String> command = new ArrayList<>(List.of(maven.program().toString(), "-B", "-ntp", "-DskipTests"));
        // Whoever only runs Lathe wants its sources left as they are.
        command.addAll(List.of("-Dspotless.check.skip=true", "-Dspotless.apply.skip=true"));
        command.addAll(Maven.options(checkout));
        command.addAll(List.of("-pl", String.join(",", modules()), "-am"));
        command.add("package");
        tools.run(checkout.root(), Maven.environment(), DEADLINE, command);
        new Applications(checkout, fingerprint())
                .install(modules().stream().filter(STARTED::contains).toList());
    }

    /** Whether the clock was set back since Maven last built. */
    private boolean isFromTheFuture() throws IOException {
        for (String module : modules()) {
            if (Newest.in(target(module)).isAfter(Instant.now().plus(Duration.ofSeconds(10)))) {
                return true;
            }
        }
        return false;
    }

    private Path target(String module) {
        return checkout.root().resolve(module).resolve("target");
    }

    private List<String> modulesOrEmpty() {
        try {
            return modules();
        } catch (IOException e) {
            return List.of();
        }
    }

    private List<String> modules() throws IOException {
        if (!only.isEmpty()) {
            return only;
        }
        Path pom = checkout.root().resolve("pom.xml");
        return MODULE.matcher(Files.readString(pom))
                .results()
                .map((MatchResult match) -> match.group(1))
                .filter(module -> !module.equals(TESTS_ONLY))
                .toList();
    }
}
