package io.lathe.launcher.setup;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Installs what the machine lacks where that is ours to do: on Debian and Ubuntu, as root, after saying so. Elsewhere names the command. */
final class DebianPackages {
    private final Checkout checkout;
    private final Progress progress;

    DebianPackages(Checkout checkout, Progress progress) {
        this.checkout = checkout;
        this.progress = progress;
    }

    /** @throws SetupFailure where something is missing and could not be installed */
    void require(List<Requirement> requirements) throws IOException, InterruptedException {
        List<Requirement> missing = missing(requirements);
        if (missing.isEmpty()) {
            return;
        }
        if (!install(missing)) {
            throw new SetupFailure(remedy(missing));
        }
        List<Requirement> still = missing(missing);
        if (!still.isEmpty()) {
            throw new SetupFailure("the packages were installed, yet look: " + remedy(still));
        }
    }

    /** As {@link #require}, for what can be done without: says what is missing and goes on. */
    boolean offer(Requirement requirement) throws IOException, InterruptedException {
        if (requirement.met().getAsBoolean()) {
            return true;
        }
        try {
            require(List.of(requirement));
            return true;
        } catch (SetupFailure failure) {
            progress.say(String.valueOf(failure.getMessage()));
            return false;
        }
    }

    private static List<Requirement> missing(List<Requirement> requirements) {
        List<Requirement> missing = new ArrayList<>();
        for (Requirement requirement : requirements) {
            boolean known = missing.stream().anyMatch(other -> other.name().equals(requirement.name()));
            if (!known && !requirement.met().getAsBoolean()) {
                missing.add(requirement);
            }
        }
        return missing;
    }

    private boolean install(List<Requirement> missing) throws IOException, InterruptedException {
        if (Programs.onPath("apt-get").isEmpty() || !isRoot()) {
            return false;
        }
        List<String> packages =
                missing.stream().flatMap(one -> one.debianPackages().stream()).toList();
        progress.say(
                "this machine lacks " + names(missing) + "; apt-get install brings " + String.join(", ", packages));
        if (!agreed()) {
            return false;
        }
        Tools tools = Tools.of(checkout, progress, "packages");
        Path here = checkout.root();
        Map<String, String> environment = Map.of("DEBIAN_FRONTEND", "noninteractive");
        // An installation that was killed must be ended first; where none was, this does nothing.
        tools.run(here, environment, Duration.ofMinutes(10), List.of("dpkg", "--configure", "-a"));
        try {
            tools.run(here, environment, Duration.ofMinutes(5), List.of("apt-get", "-q", "update"));
        } catch (SetupFailure failure) {
            progress.say("apt-get update failed; trying with the package lists that are here");
        }
        List<String> command = new ArrayList<>(List.of("apt-get", "-q", "-o", "DPkg::Lock::Timeout=120"));
        command.addAll(List.of("install", "-y", "--no-install-recommends"));
        command.addAll(packages);
        tools.run(here, environment, Duration.ofMinutes(20), command);
        return true;
    }

    /** Asks where somebody can answer. */
    private static boolean agreed() {
        Optional<Console> terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        if (terminal.isEmpty()) {
            return true;
        }
        String answer = terminal.get().readLine("Install now? [Y/n] ");
        return answer != null
                && (answer.isBlank() || answer.strip().toLowerCase(Locale.ROOT).startsWith("y"));
    }

    private static boolean isRoot() throws IOException {
        return Programs.answer(List.of("id", "-u"), Map.of(), Duration.ofSeconds(10))
                .filter(answer -> answer.strip().equals("0"))
                .isPresent();
    }

    private static String names(List<Requirement> requirements) {
        return String.join(" and ", requirements.stream().map(Requirement::name).toList());
    }

    static String remedy(List<Requirement> missing) {
        String packages = String.join(
                " ",
                missing.stream().flatMap(one -> one.debianPackages().stream()).toList());
        StringBuilder text = new StringBuilder("this machine lacks " + names(missing) + ".");
        text.append("\n  Debian, Ubuntu: sudo apt-get update && sudo apt-get install ")
                .append(packages);
        for (Requirement requirement : missing) {
            text.append("\n  elsewhere: ").append(requirement.elsewhere());
        }
        return text.toString();
    }
}
