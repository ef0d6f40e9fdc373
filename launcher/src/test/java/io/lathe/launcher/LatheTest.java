package io.lathe.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.lathe.launcher.setup.Mount;
import io.lathe.launcher.setup.Verb;
import io.lathe.launcher.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LatheTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path home;

    @Test
    void unknownCommandIsBadUseAndNamesTheNearest() {
        assertThat(run("stauts")).isEqualTo(2);
        assertThat(err()).contains("'stauts'").contains("Did you mean 'status'?");
        assertThat(out()).isEmpty();
    }

    @Test
    void unknownOptionIsBadUseAndNamesTheNearest() {
        assertThat(run("down", "--keep-server")).isEqualTo(2);
        assertThat(err())
                .contains("--keep-server")
                .contains("Did you mean '--keep-servers'?")
                .contains("./lathe help down");
    }

    @Test
    void unknownSubcommandNamesItsCommandsHelp() {
        assertThat(run("model", "rolback", "x")).isEqualTo(2);
        assertThat(err()).contains("Did you mean 'rollback'?").contains("./lathe help model");
    }

    @Test
    void commandOfCommandsAloneNamesThem() {
        assertThat(run("consumer")).isEqualTo(2);
        assertThat(err()).contains("'consumer' needs one of add, list, remove");
    }

    @Test
    void helpReachesTheCommandsOfACommand() {
        assertThat(run("help", "consumer", "add")).isZero();
        assertThat(out()).contains("Usage: lathe consumer add").contains("--model");
    }

    @Test
    void helpOfWhatACommandLacksIsBadUseAndNamesTheNearest() {
        assertThat(run("help", "consumer", "ad")).isEqualTo(2);
        assertThat(err()).contains("'consumer' has no command 'ad'").contains("Did you mean 'add'?");
        assertThat(out()).isEmpty();
    }

    @Test
    void whatStandsBelowACommandsHelpKeepsItsLines() {
        for (CommandLine command :
                Lathe.commandLine(home, terminal()).getSubcommands().values()) {
            assertThat(command.getCommandSpec().usageMessage().footer()).allMatch(line -> line.length() < 80);
        }
    }

    @Test
    void doctorsHelpShowsItsOptions() {
        assertThat(run("help", "doctor")).isZero();
        assertThat(out()).contains("--json").contains("--data=DIR");
    }

    @Test
    void consumerWithoutModelIsBadUse() {
        assertThat(run("consumer", "add", "web")).isEqualTo(2);
        assertThat(err()).contains("--model");
    }

    @Test
    void statusWithNothingRunningSaysSoWithExitCodeThree() {
        assertThat(run("status", "--json", "--data", home.resolve("none").toString()))
                .isEqualTo(3);
        assertThat(out()).isEqualToIgnoringNewLines("""
                        {"workbench":{"pid":null,"url":null,"state":"stopped"},"serving":{"pid":null,"url":null,"state":"stopped"},"servers":[]}
                        """);
        assertThat(home.resolve("none")).doesNotExist();
    }

    @Test
    void anotherDataFolderThanTheStandardOneIsPartOfEveryCommandShown() throws IOException {
        Path trial = Files.createDirectory(home.resolve("ada's trial"));
        assertThat(run("status", "--data", trial.toString())).isEqualTo(3);
        assertThat(err())
                .contains("no workbench runs on " + trial)
                .contains("'./lathe up --data '" + home + "/ada'\\''s trial''");
        Path missing = home.resolve("missing");
        assertThat(run("model", "list", "--data", missing.toString())).isEqualTo(3);
        assertThat(err()).contains("there is no data folder " + missing + "; './lathe up --data " + missing + "'");
    }

    @Test
    void commandsThatNeedAWorkbenchSayWhichFolderHasNone() throws IOException {
        for (List<String> words : List.of(
                List.of("login"),
                List.of("model", "list"),
                List.of("model", "rollback", "penguins"),
                List.of("token", "add", "laptop"),
                List.of("consumer", "list"))) {
            assertThat(Lathe.run(home, words, terminal())).as("%s", words).isEqualTo(3);
        }
        Files.createDirectory(home.resolve(".lathe"));
        assertThat(run("login")).isEqualTo(3);
        assertThat(err())
                .contains("no workbench runs on " + home.resolve(".lathe") + "; './lathe up' starts one, and --data");
    }

    @Test
    void downWithNothingRunningIsDone() {
        assertThat(run("down")).isZero();
        assertThat(err()).contains("nothing ran");
    }

    @Test
    void helpDescribesACommandOnStandardOutput() {
        assertThat(run("help", "demo")).isZero();
        assertThat(out()).contains("Usage: lathe demo").contains("--data=DIR");
    }

    @Test
    void setupKnowsTheSameCommandsAndOptions() {
        CommandLine line = Lathe.commandLine(home, terminal());
        Set<String> words = new TreeSet<>();
        for (Verb verb : Verb.values()) {
            words.add(verb.word());
            CommandLine command = line.getSubcommands().get(verb.word());
            if (command != null && verb != Verb.HELP) {
                assertThat(longOptions(command)).as("%s", verb.word()).isEqualTo(new TreeSet<>(verb.options()));
            }
        }
        assertThat(words).isEqualTo(new TreeSet<>(line.getSubcommands().keySet()));
    }

    @Test
    void upWithoutRoomSaysWhatIsNeededBeforeAnythingIsMade() throws IOException {
        Path data = Files.createDirectories(home.resolve("small"));
        try (Mount _ = Mount.small(data, 20)) {
            assertThat(run("up", "--data", data.toString())).isEqualTo(1);
            assertThat(err())
                    .contains("20 MiB free at " + data + ", where the workbench needs 64 MiB at least: free 44 MiB,"
                            + " or choose a folder on another disk with --data");
            assertThat(data).isEmptyDirectory();
        }
    }

    @Test
    void upOnAReadOnlyFolderSaysSoInPlainWords() throws IOException {
        Path data = Files.createDirectories(home.resolve("read-only"));
        try (Mount _ = Mount.readOnly(data)) {
            assertThat(run("up", "--data", data.toString())).isEqualTo(1);
            assertThat(err())
                    .contains("cannot write " + data + " (it is mounted read-only): make it writable for you,"
                            + " or choose another with --data")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void upWhereNoFolderCanBeMadeSaysSoInPlainWords() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "");
        assertThat(run("up", "--data", file.resolve("inside").toString())).isEqualTo(1);
        assertThat(err()).contains(file + " is a file, not a folder: choose another with --data");
        Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self")), "needs a folder where nothing can be made");
        assertThat(run("up", "--data", "/proc/x")).isEqualTo(1);
        assertThat(err()).contains("cannot write /proc (").doesNotContain("Exception");
    }

    private static Set<String> longOptions(CommandLine command) {
        Set<String> names = new TreeSet<>();
        command.getCommandSpec().options().forEach(option -> names.add(option.longestName()));
        command.getSubcommands().values().forEach(sub -> names.addAll(longOptions(sub)));
        names.remove("--help");
        return names;
    }

    private int run(String... words) {
        return Lathe.run(home, List.of(words), terminal());
    }

    private Terminal terminal() {
        return new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
