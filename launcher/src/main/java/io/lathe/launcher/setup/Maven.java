package io.lathe.launcher.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An installed Maven that is new enough (3.8). */
record Maven(Path program, String version) {
    private static final Pattern VERSION = Pattern.compile("Apache Maven ((\\d+)\\.(\\d+)[^\\s\\e]*)");

    static Optional<Maven> find() {
        return candidates()
                .filter(Files::isExecutable)
                .flatMap(program -> ask(program).stream())
                .findFirst();
    }

    private static Stream<Path> candidates() {
        Path home = Path.of(System.getProperty("user.home"));
        Stream<Path> homes = Stream.of(
                        Programs.named("MAVEN_HOME").stream(),
                        Programs.named("M2_HOME").stream(),
                        Stream.of(
                                home.resolve(".sdkman/candidates/maven/current"),
                                Path.of("/usr/share/maven"),
                                Path.of("/opt/maven")),
                        foldersIn(Path.of("/opt"), "apache-maven*"))
                .flatMap(folders -> folders)
                .map(folder -> folder.resolve("bin/mvn"));
        return Stream.concat(Programs.onPath("mvn").stream(), homes);
    }

    private static Stream<Path> foldersIn(Path folder, String glob) {
        List<Path> folders = new ArrayList<>();
        try (var found = Files.newDirectoryStream(folder, glob)) {
            found.forEach(folders::add);
        } catch (IOException e) {
            return Stream.empty();
        }
        return folders.stream();
    }

    private static Optional<Maven> ask(Path program) {
        try {
            return Programs.answer(List.of(program.toString(), "-version"), environment(), Duration.ofSeconds(30))
                    .map(VERSION::matcher)
                    .filter(Matcher::find)
                    .filter(Maven::fits)
                    .map(matcher -> new Maven(program, matcher.group(1)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean fits(Matcher version) {
        int major = Integer.parseInt(version.group(2));
        return major > 3 || (major == 3 && Integer.parseInt(version.group(3)) >= 8);
    }

    /** Where Maven keeps its libraries when it cannot keep them in the user's home, and how long it waits for a source that says nothing. */
    static List<String> options(Checkout checkout) {
        List<String> options = new ArrayList<>(List.of("-Daether.connector.requestTimeout=60000"));
        if (!UserHome.isUsable()) {
            options.add("-Dmaven.repo.local=" + UserHome.instead(checkout).resolve("m2"));
        }
        return options;
    }

    /** Maven runs on the JDK that runs set-up, whatever the shell's default is. */
    static Map<String, String> environment() {
        return Map.of("JAVA_HOME", System.getProperty("java.home"));
    }
}
