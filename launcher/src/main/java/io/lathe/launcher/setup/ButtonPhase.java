package io.lathe.launcher.setup;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Builds the publish button with the private environment's Node and installs it into that environment's JupyterLab. */
final class ButtonPhase implements Phase {
    /** What the build makes in the source folder; the same names as in .gitignore. */
    private static final Set<String> MADE = Set.of("node_modules", "lib", "labextension", ".yarn", "coverage");

    private static final Pattern NAME =
            Pattern.compile("^  \"name\":\\s*\"((?:@[a-z0-9-]+/)?[a-z0-9._-]+)\"", Pattern.MULTILINE);
    private static final Pattern OUTPUT = Pattern.compile("\"outputDir\":\\s*\"([A-Za-z0-9._/-]+)\"");
    private static final Duration DEADLINE = Duration.ofMinutes(15);

    private final Checkout checkout;
    private final PythonPhase python;

    ButtonPhase(Checkout checkout, PythonPhase python) {
        this.checkout = checkout;
        this.python = python;
    }

    @Override
    public String name() {
        return "button";
    }

    @Override
    public String purpose() {
        return "building the publish button and installing it into JupyterLab";
    }

    @Override
    public List<Requirement> requirements() {
        return List.of();
    }

    @Override
    public String fingerprint() throws IOException {
        Fingerprint fingerprint = new Fingerprint().add(python.fingerprint());
        return fingerprint.addFolder(source(), MADE).hex();
    }

    @Override
    public boolean inPlace() {
        return !Files.exists(description())
                || installed()
                        .filter(folder -> Files.exists(folder.resolve("package.json")))
                        .isPresent();
    }

    @Override
    public long room() {
        return 600 * DiskSpace.MIB;
    }

    @Override
    public void run(Tools tools, Before before) throws IOException, InterruptedException {
        if (!Files.exists(description())) {
            return;
        }
        npm(tools, List.of("ci", "--no-audit", "--no-fund", "--fetch-timeout=60000"));
        npm(tools, List.of("run", "build"));
        Path built = source().resolve(find(OUTPUT)
                .orElseThrow(() -> new SetupFailure(description() + " must name a jupyterlab.outputDir")));
        if (!Files.exists(built.resolve("package.json"))) {
            throw tools.failure("npm run build left no " + built.resolve("package.json"));
        }
        Folders.copyInto(
                built, installed().orElseThrow(() -> new SetupFailure(description() + " must name a package")));
    }

    /** Runs npm with the private environment's programs first on PATH. */
    void npm(Tools tools, List<String> words) throws IOException, InterruptedException {
        Path bin = checkout.python().resolve("bin");
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");
        List<String> command = new ArrayList<>(List.of(bin.resolve("npm").toString()));
        command.addAll(words);
        tools.run(source(), Map.of("PATH", bin + File.pathSeparator + path), DEADLINE, command);
    }

    boolean hasScript(String name) throws IOException {
        return Files.exists(description()) && Files.readString(description()).contains("\"" + name + "\":");
    }

    private Path source() {
        return checkout.root().resolve("publish-button");
    }

    private Path description() {
        return source().resolve("package.json");
    }

    private Optional<Path> installed() {
        try {
            return find(NAME).map(checkout.jupyterData().resolve("labextensions")::resolve);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<String> find(Pattern pattern) throws IOException {
        Matcher matcher = pattern.matcher(Files.readString(description()));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
