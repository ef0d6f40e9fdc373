package io.lathe.launcher.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Set-up as a real process on a small checkout, with scripts in place of Maven, Python and npm that note each call. */
class SetupTest {
    private static final String MAVEN = """
            #!/bin/sh
            case "$*" in *-version*) echo "Apache Maven 3.9.9"; exit 0;; esac
            echo mvn >> "$TRIAL/calls"
            if [ -e "$TRIAL/break-mvn" ]; then cat "$TRIAL/break-mvn"; exit 1; fi
            mkdir -p launcher/target
            # As Maven does, it goes by dates: what is there and newer than its source counts as whole.
            if [ -e launcher/target/launcher.jar ] && ! [ launcher/src/main/java/A.java -nt launcher/target/launcher.jar ]; then exit 0; fi
            echo half > launcher/target/launcher.jar
            at=mvn; . "$TRIAL/hang"
            if [ -e "$TRIAL/fill-disk" ]; then head -c 3G /dev/zero > .build/filling || { echo "write: No space left on device"; exit 1; }; fi
            cat launcher/src/main/java/A.java > launcher/target/launcher.jar
            """;

    /** The same script is the system's Python and the one in the environment it makes. */
    private static final String PYTHON = """
            #!/bin/sh
            case "$*" in
              "-I -c "*) echo "python 3.13.0" ;;
              "-I -m venv "*)
                echo venv >> "$TRIAL/calls"
                mkdir -p "$4/bin"
                if [ -e "$4/bin/jupyter-lab" ]; then echo "$4 is not empty"; exit 1; fi
                at=venv; . "$TRIAL/hang"
                cp "$0" "$4/bin/python" ;;
              *"-m pip install"*)
                echo pip >> "$TRIAL/calls"
                if [ "$PIP_USER$PIP_TARGET" != 0 ]; then echo "packages would go elsewhere"; exit 1; fi
                bin=$(dirname "$0")
                cp "$TRIAL/bin/npm" "$bin/jupyter-lab"
                case "$*" in *templates-data*) at=pip-data; . "$TRIAL/hang" ;; *) at=pip; . "$TRIAL/hang" ;; esac
                for name in node npm; do cp "$TRIAL/bin/npm" "$bin/$name"; done
                mkdir -p "$bin/../share/jupyter/kernels/java"
                echo jar > "$bin/../share/jupyter/kernels/java/jjava.jar" ;;
            esac
            """;

    private static final String NPM = """
            #!/bin/sh
            echo "npm $1" >> "$TRIAL/calls"
            if [ "$NODE_ENV" = production ]; then echo "no compiler: only what runs was installed"; exit 1; fi
            at=npm-$1; . "$TRIAL/hang"
            if [ "$1" = run ]; then mkdir -p out/labextension && echo '{}' > out/labextension/package.json; fi
            """;

    /** Waits to be killed where the test wants that, once. */
    private static final String HANG = """
            if [ -e "$TRIAL/hang-$at" ]; then rm "$TRIAL/hang-$at"; echo $$ > "$TRIAL/hanging"; while :; do sleep 0.1; done; fi
            """;

    @TempDir
    Path folder;

    private Path home = Path.of("");

    @BeforeEach
    void makeCheckout() throws IOException {
        home = Files.createDirectories(folder.resolve("a checkout"));
        write("pom.xml", "<modules><module>launcher</module><module>product-tests</module></modules>");
        write("launcher/pom.xml", "<project/>");
        write("launcher/src/main/java/A.java", "class A {}");
        write("gpu-images/requirements.txt", "jupyterlab==4.6.6");
        write("gpu-images/templates-data.txt", "palmerpenguins==0.1.6");
        write(
                "kernel-extensions/src/main/kernelspec/kernel.json",
                "{\"argv\":[\"${java}\",\"${home}\",\"{connection_file}\"]}");
        write(
                "publish-button/package.json",
                "{\n  \"name\": \"@lathe/publish-button\",\n  \"jupyterlab\": {\"outputDir\": \"out/labextension\"}\n}\n");
        write("../hang", HANG);
        program("mvn", MAVEN);
        program("python3.13", PYTHON);
        program("npm", NPM);
    }

    @Test
    void makesEverythingOnceAndThenNothing() throws Exception {
        Result first = setUp();
        assertThat(first.code()).as(first.output()).isZero();
        assertThat(calls()).containsExactly("mvn", "venv", "pip", "pip", "npm ci", "npm run");
        assertThat(home.resolve(".build/python/share/jupyter/labextensions/@lathe/publish-button/package.json"))
                .exists();
        assertThat(home.resolve(".build/python/share/jupyter/kernels/java/kernel.json"))
                .content()
                .contains(System.getProperty("java.home"))
                .contains(home.resolve(".build/applications").toRealPath().toString())
                .contains("{connection_file}");
        assertThat(home.resolve(".build/applications/launcher/target/launcher.jar"))
                .exists();
        Result second = setUp();
        assertThat(second.code()).isZero();
        assertThat(second.output()).isEmpty();
        assertThat(calls()).hasSize(6);
    }

    @Test
    void changedSourceMakesOnlyItsPhaseAgain() throws Exception {
        setUp();
        write("launcher/src/main/java/A.java", "class A { int more; }");
        assertThat(setUp().code()).isZero();
        assertThat(calls().subList(6, calls().size())).containsExactly("mvn");
    }

    @Test
    void newJarsLieBesideTheOldOnesWhileThoseRun() throws Exception {
        setUp();
        Path before = home.resolve(".build/applications").toRealPath();

        Process named = new ProcessBuilder("sh", "-c", "while :; do sleep 1; done", before.toString()).start();
        try {
            write("launcher/src/main/java/A.java", "class A { int more; }");
            assertThat(setUp().code()).isZero();
            assertThat(home.resolve(".build/applications").toRealPath()).isNotEqualTo(before);
            assertThat(before.resolve("launcher/target/launcher.jar")).exists();
        } finally {

            named.destroyForcibly();
        }
    }

    @Test
    void environmentThatAProcessHasLoadedLibrariesFromStays() throws Exception {
        Path used = Files.createDirectories(home.resolve(".build/python-used"));
        Path unused = Files.createDirectories(home.resolve(".build/python-unused"));
        Path current = Files.createDirectories(home.resolve(".build/python-current"));
        Files.writeString(used.resolve("library.so"), "x");
        try (FileChannel library = FileChannel.open(used.resolve("library.so"))) {
            MappedByteBuffer loaded = library.map(FileChannel.MapMode.READ_ONLY, 0, 1);
            Folders.deleteUnused(home.resolve(".build"), "python-*", current);
            assertThat(loaded.get(0)).isEqualTo((byte) 'x');
        }
        assertThat(used).exists();
        assertThat(current).exists();
        assertThat(unused).doesNotExist();
    }

    @Test
    void changedPinsMakeTheEnvironmentAndWhatLiesInItAgain() throws Exception {
        setUp();
        Path before = home.resolve(".build/python").toRealPath();
        write("gpu-images/requirements.txt", "jupyterlab==4.6.7");
        assertThat(setUp().code()).isZero();
        assertThat(calls().subList(6, calls().size())).containsExactly("venv", "pip", "pip", "npm ci", "npm run");
        assertThat(home.resolve(".build/python").toRealPath()).isNotEqualTo(before);
        assertThat(before).doesNotExist();
    }

    @Test
    void missingResultIsMadeAgainWhateverTheStampSays() throws Exception {
        setUp();
        Path jar = home.resolve(".build/applications/launcher/target/launcher.jar");
        Files.delete(jar);
        assertThat(setUp().code()).isZero();
        assertThat(jar).exists();
    }

    @Test
    void failingToolShowsTheEndOfItsLogAndWhereThatIs() throws Exception {
        write("../break-mvn", "no such symbol: Penguin");
        Result result = setUp();
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.output())
                .contains("jars failed")
                .contains(home.resolve(".build/logs/jars.log").toString())
                .contains("no such symbol: Penguin");
        Files.delete(folder.resolve("break-mvn"));
        assertThat(setUp().code()).isZero();
    }

    static Stream<Arguments> placesAndVictims() {
        return Stream.of("mvn", "venv", "pip", "pip-data", "npm-ci", "npm-run")
                .flatMap(place -> Stream.of("set-up", "tool", "both").map(victim -> Arguments.of(place, victim)));
    }

    @Test
    void killedInTheMiddleIsMendedByTheNextRun() throws Exception {
        killedAnywhereIsMendedByTheNextRun("mvn", "set-up");
    }

    @ParameterizedTest
    @MethodSource("placesAndVictims")
    @Tag("slow")
    void killedAnywhereIsMendedByTheNextRun(String place, String victim) throws Exception {
        write("../hang-" + place, "");
        Process first = start();
        ProcessHandle tool = hanging();
        if (!victim.equals("tool")) {
            first.destroyForcibly();
        }
        if (!victim.equals("set-up")) {
            tool.destroyForcibly();
        }
        assertThat(first.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(first.exitValue()).isNotZero();
        Result second = setUp();
        assertThat(second.code()).as(second.output()).isZero();
        assertThat(tool.isAlive()).as("the tool outlives the next set-up").isFalse();
        assertThat(home.resolve(".build/applications/launcher/target/launcher.jar"))
                .hasContent("class A {}");
        assertThat(home.resolve(".build/python/bin/npm")).exists();
        assertThat(home.resolve(".build/python/share/jupyter/labextensions/@lathe/publish-button/package.json"))
                .exists();
        assertThat(setUp().output()).as("a third run").isEmpty();
    }

    @Test
    void resultsFromTheFutureAreMadeAgain() throws Exception {
        setUp();
        Path jar = home.resolve("launcher/target/launcher.jar");
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plus(Duration.ofHours(3))));
        write("launcher/src/main/java/A.java", "class A { int afterTheClockWasSetBack; }");
        assertThat(setUp().code()).isZero();
        assertThat(home.resolve(".build/applications/launcher/target/launcher.jar"))
                .content()
                .contains("afterTheClockWasSetBack");
    }

    @Test
    void unreachableSourceOfPackagesIsSaidWithTheProxyButNotItsPassword() throws Exception {
        write("../break-mvn", "[ERROR] Could not transfer artifact a:b:pom:1: Connect to 127.0.0.1:9 failed");
        Result result = setUp(Map.of("HTTPS_PROXY", "http://ada:secret@127.0.0.1:9"));
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.output())
                .contains("cannot be reached through HTTPS_PROXY=http://127.0.0.1:9.")
                .contains("run the same command again")
                .doesNotContain("secret");
    }

    @Test
    void settingsForOtherProjectsDoNotReachTheTools() throws Exception {
        Result result =
                setUp(Map.of("NODE_ENV", "production", "PIP_USER", "1", "PIP_TARGET", "/nowhere", "HOME", "/nowhere"));
        assertThat(result.code()).as(result.output()).isZero();
    }

    @Test
    void diskWithTooLittleRoomIsSaidBeforeAnythingIsMade() throws Exception {
        Path disk = Files.createDirectories(home.resolve(".build"));
        try (Mount _ = Mount.small(disk, 20)) {
            Result result = setUp();
            assertThat(result.code()).isEqualTo(1);
            assertThat(result.output())
                    .contains("needs about 1,701 MiB at " + disk)
                    .containsPattern("Free at least 1,68\\d MiB")
                    .contains("LATHE_BUILD=DIR");
            assertThat(folder.resolve("calls")).doesNotExist();
        }
    }

    @Test
    @Tag("slow")
    void diskThatFillsMeanwhileIsSaidAndMendedWhenThereIsRoomAgain() throws Exception {
        Path disk = Files.createDirectories(home.resolve(".build"));
        try (Mount _ = Mount.small(disk, 2000)) {
            write("../fill-disk", "");
            Result full = setUp();
            assertThat(full.code()).isEqualTo(1);
            assertThat(full.output())
                    .contains("the disk of " + disk + " is full (")
                    .contains("run the same command again");
            Files.delete(folder.resolve("fill-disk"));
            Files.delete(disk.resolve("filling"));
            Result again = setUp();
            assertThat(again.code()).as(again.output()).isZero();
            assertThat(home.resolve(".build/applications/launcher/target/launcher.jar"))
                    .hasContent("class A {}");
        }
    }

    @Test
    void endedInOrderEndsItsToolToo() throws Exception {
        write("../hang-pip", "");
        Process first = start();
        ProcessHandle pip = hanging();
        first.destroy();
        assertThat(first.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(pip.isAlive()).isFalse();
    }

    @Test
    void twoAtOnceMakeEverythingOnce() throws Exception {
        Process one = start();
        Process other = start();
        assertThat(one.waitFor(60, TimeUnit.SECONDS) && other.waitFor(60, TimeUnit.SECONDS))
                .isTrue();
        assertThat(one.exitValue() + other.exitValue()).isZero();
        assertThat(calls()).hasSize(6);
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(end);
            Thread.sleep(20);
        }
    }

    private record Result(int code, String output) {}

    /** The tool that waits to be killed. */
    private ProcessHandle hanging() throws IOException, InterruptedException {
        Path hanging = folder.resolve("hanging");
        await(() -> Files.exists(hanging) && Files.readString(hanging).endsWith("\n"));
        return ProcessHandle.of(Long.parseLong(Files.readString(hanging).strip()))
                .orElseThrow();
    }

    private Result setUp() throws IOException, InterruptedException {
        return setUp(Map.of());
    }

    private Result setUp(Map<String, String> environment) throws IOException, InterruptedException {
        Process process = start(environment);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), Files.readString(folder.resolve("output-" + process.pid())));
    }

    private Process start() throws IOException {
        return start(Map.of());
    }

    private Process start(Map<String, String> environment) throws IOException {
        String classes = List.of("target/classes", "target/test-classes").stream()
                .map(name -> Path.of(name).toAbsolutePath().toString())
                .reduce((a, b) -> a + File.pathSeparator + b)
                .orElseThrow();
        Path output = Files.createTempFile(folder, "output", "");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classes,
                        SetupTrial.class.getName(),
                        home.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("PATH", folder.resolve("bin") + File.pathSeparator + "/usr/bin:/bin");
        builder.environment().put("TRIAL", folder.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        Files.createLink(folder.resolve("output-" + process.pid()), output);
        return process;
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(folder.resolve("calls"));
    }

    private void write(String name, String text) throws IOException {
        Path file = home.resolve(name).normalize();
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(
                file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private void program(String name, String text) throws IOException {
        Path file = folder.resolve("bin").resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
