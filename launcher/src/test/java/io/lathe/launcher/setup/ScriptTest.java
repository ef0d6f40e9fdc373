package io.lathe.launcher.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell script, in a checkout whose path has a space, called from elsewhere. */
class ScriptTest {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    @Test
    void worksThroughALinkFromAnotherFolder() throws Exception {
        Path link = Files.createSymbolicLink(
                folder.resolve("lathe-link"), checkout().resolve("lathe"));
        Result result = run(link, Map.of("LATHE_JAVA_HOME", System.getProperty("java.home")), "help");
        assertThat(result.code()).as(result.output()).isZero();
        assertThat(result.output()).contains("Usage: ./lathe COMMAND").contains("doctor");
    }

    @Test
    void saysWhichCommandIsMeantBeforeAnythingIsBuilt() throws Exception {
        Map<String, String> jdk = Map.of("LATHE_JAVA_HOME", System.getProperty("java.home"));
        Path script = checkout().resolve("lathe");
        assertThat(run(script, jdk).code()).isEqualTo(2);
        Result command = run(script, jdk, "stats");
        assertThat(command.code()).isEqualTo(2);
        assertThat(command.output()).contains("Did you mean 'status'?");
        Result far = run(script, jdk, "frobnicate");
        assertThat(far.code()).isEqualTo(2);
        assertThat(far.output()).contains("'./lathe help' lists all").doesNotContain("Did you mean");
        Result topic = run(script, jdk, "help", "dataset");
        assertThat(topic.code()).isEqualTo(2);
        assertThat(topic.output()).contains("there is no command 'dataset'");
        Result word = run(script, jdk, "doctor", "everything");
        assertThat(word.code()).isEqualTo(2);
        assertThat(word.output()).contains("'doctor' takes no 'everything'");
        Result option = run(script, jdk, "up", "--serving-prt", "1");
        assertThat(option.code()).isEqualTo(2);
        assertThat(option.output()).contains("Did you mean '--serving-port'?");
        Result value = run(script, jdk, "up", "--port", "http");
        assertThat(value.code()).isEqualTo(2);
        assertThat(value.output()).contains("'http'");
        Result words = run(script, jdk, "up", "--notebook-hosts", "adresses");
        assertThat(words.code()).isEqualTo(2);
        assertThat(words.output()).contains("Did you mean 'addresses'?");
        assertThat(run(script, jdk, "up", "--provisioner=kubernetes").output())
                .contains("'kubernetes'", "Known: process");
        Result early = run(script, jdk, "--data", "a b", "up");
        assertThat(early.code()).isEqualTo(2);
        assertThat(early.output()).contains("options come after the command: './lathe up --data 'a b''");
        Result version = run(script, jdk, "version");
        assertThat(version.code()).isEqualTo(2);
        assertThat(version.output()).contains("Did you mean '--version'?");
        assertThat(run(script, jdk, "test", "fats").code()).isEqualTo(2);
    }

    @Test
    @Tag("slow") // compiles the set-up in a checkout of its own
    void beforeTheFirstSetUpNoQuestionStartsOne() throws Exception {
        Map<String, String> jdk = Map.of("LATHE_JAVA_HOME", System.getProperty("java.home"));
        Path checkout = checkout();
        Path script = checkout.resolve("lathe");
        for (List<String> words : List.of(List.of("status"), List.of("model", "list"), List.of("login"))) {
            Result result = run(script, jdk, words.toArray(String[]::new));
            assertThat(result.code()).as(result.output()).isEqualTo(3);
            assertThat(result.output()).contains("nothing is set up in " + checkout + " yet", "./lathe up");
        }
        assertThat(run(script, jdk, "status", "--data", "/srv/x").output())
                .contains("'./lathe up --data /srv/x' sets it up");
        assertThat(run(script, jdk, "down").code()).isZero();
        assertThat(run(script, jdk, "help", "up").output()).contains("Usage: ./lathe up", "--port", "--data DIR is");
        assertThat(run(script, jdk, "doctor", "--help").output()).contains("--json");
        try (FileChannel file = FileChannel.open(
                        checkout.resolve(".build/setup.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = file.lock()) {
            Result result = run(script, jdk, "status");
            assertThat(result.code()).isEqualTo(3);
            assertThat(result.output()).contains("another ./lathe is setting up " + checkout);
        }
        assertThat(checkout.resolve(".build/logs")).doesNotExist();
    }

    @Test
    @Tag("slow") // compiles the set-up in a checkout of its own
    void checkoutWithForeignLettersWorksInAPlainLocale() throws Exception {
        Path checkout = folder.resolve("Läthe 車床");
        Files.move(checkout(), checkout);
        Files.copy(REPOSITORY.resolve("pom.xml"), checkout.resolve("pom.xml"));
        Result result = run(
                checkout.resolve("lathe"),
                Map.of("LATHE_JAVA_HOME", System.getProperty("java.home"), "LC_ALL", "C", "LANG", "C"),
                "--version");
        assertThat(result.code()).as(result.output()).isZero();
    }

    @Test
    void namesItsVersion() throws Exception {
        Path checkout = checkout();
        Files.copy(REPOSITORY.resolve("pom.xml"), checkout.resolve("pom.xml"));
        Result result =
                run(checkout.resolve("lathe"), Map.of("LATHE_JAVA_HOME", System.getProperty("java.home")), "--version");
        assertThat(result.code()).as(result.output()).isZero();
        assertThat(result.output().strip()).matches("lathe \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    }

    @Test
    void namedJdkThatDoesNotFitIsSaidSo() throws Exception {
        Path old = Files.createDirectories(folder.resolve("jdk-17"));
        for (String program : List.of("java", "javac")) {
            Path file = Files.createDirectories(old.resolve("bin")).resolve(program);
            Files.writeString(file, "#!/bin/sh\necho 'openjdk version \"17.0.1\"' >&2\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        Result result = run(checkout().resolve("lathe"), Map.of("LATHE_JAVA_HOME", old.toString()), "status");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.output()).contains(old.toString()).contains("25 or newer");
    }

    private Path checkout() throws IOException {
        Path checkout = folder.resolve("a checkout");
        String setup = "launcher/src/main/java/io/lathe/launcher/setup";
        Files.createDirectories(checkout.resolve(setup));
        Files.copy(REPOSITORY.resolve("lathe"), checkout.resolve("lathe"), StandardCopyOption.COPY_ATTRIBUTES);
        try (var sources = Files.newDirectoryStream(REPOSITORY.resolve(setup), "*.java")) {
            for (Path source : sources) {
                Files.copy(source, checkout.resolve(setup).resolve(source.getFileName()));
            }
        }
        return checkout;
    }

    private record Result(int code, String output) {}

    private Result run(Path script, Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", "");
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), Files.readString(output));
    }
}
