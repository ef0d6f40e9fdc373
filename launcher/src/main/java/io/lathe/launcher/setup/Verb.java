package io.lathe.launcher.setup;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The commands of {@code ./lathe}, known before anything is built. The command line proper describes their options in full. */
public enum Verb {
    UP(
            "up",
            "Set up what changed, start everything and print a login link.",
            Needs.EVERYTHING,
            "--foreground --data --port --serving-port --provisioner --notebook-hosts --json"),
    DOWN(
            "down",
            "Stop the workbench, the serving endpoint and the notebook servers.",
            Needs.COMMAND_LINE,
            "--keep-servers --data --json"),
    STATUS("status", "Show what is running.", Needs.COMMAND_LINE, "--json --data"),
    LOGIN("login", "Print a fresh one-time login link.", Needs.COMMAND_LINE, "--json --data"),
    DEMO(
            "demo",
            "Run the whole line headlessly, from a template to a served prediction.",
            Needs.EVERYTHING,
            "--json --data --port --serving-port --provisioner --notebook-hosts"),
    CONSUMER(
            "consumer",
            "Add, list or remove the programs that may call a model.",
            Needs.COMMAND_LINE,
            "--model --json --data"),
    TOKEN(
            "token",
            "Add, list or revoke personal tokens for the workbench's API.",
            Needs.COMMAND_LINE,
            "--role --days --json --data"),
    MODEL("model", "List and show models, roll one back.", Needs.COMMAND_LINE, "--json --data"),
    SBOM("sbom", "Print what Lathe is made of, as a CycloneDX document.", Needs.EVERYTHING, "--list"),
    BACKUP("backup", "Write a backup of the data folder, also while it is in use.", Needs.APPLICATIONS, "--data"),
    RESTORE("restore", "Lay a backup out as a new data folder.", Needs.APPLICATIONS, "--data"),
    TEST(
            "test",
            "Set up and test everything; 'test fast' leaves out the slow tests, 'test scale' runs those at scale.",
            Needs.NOTHING,
            ""),
    DOCTOR("doctor", "Check this machine and this checkout.", Needs.NOTHING, "--json --data"),
    HELP("help", "Describe a command.", Needs.COMMAND_LINE, "");

    /** What must be built before a command can run. */
    public enum Needs {
        /** The set-up classes do it themselves. */
        NOTHING,
        /** The command line's jar, of whatever age. */
        COMMAND_LINE,
        /** The jars of all programs, up to date: one that is older may not know the command. */
        APPLICATIONS,
        /** All of set-up, up to date. */
        EVERYTHING
    }

    private static final List<String> WITH_VALUE = List.of(
            "--data", "--port", "--serving-port", "--provisioner", "--notebook-hosts", "--model", "--role", "--days");

    /** The options whose value is one of a few words. */
    private static final Map<String, List<String>> WORDS =
            Map.of("--provisioner", List.of("process"), "--notebook-hosts", List.of("names", "addresses"));

    private final String word;
    private final String summary;
    private final Needs needs;
    private final String options;

    Verb(String word, String summary, Needs needs, String options) {
        this.word = word;
        this.summary = summary;
        this.needs = needs;
        this.options = options;
    }

    /** What is typed, for example {@code up}. */
    public String word() {
        return word;
    }

    /** One sentence for the list of commands. */
    public String summary() {
        return summary;
    }

    public Needs needs() {
        return needs;
    }

    /** Whether every word after the command is a mistake; the others have commands or extents of their own. */
    boolean takesNoWords() {
        return switch (this) {
            case UP, DOWN, STATUS, LOGIN, DEMO, DOCTOR, SBOM -> true;
            case CONSUMER, TOKEN, MODEL, BACKUP, RESTORE, TEST, HELP -> false;
        };
    }

    /** The long options, for example {@code --data}. */
    public List<String> options() {
        return options.isEmpty() ? List.of() : List.of(options.split(" "));
    }

    static Optional<Verb> find(String word) {
        return Arrays.stream(values()).filter(verb -> verb.word.equals(word)).findFirst();
    }

    /** The first argument that is neither an option nor an option's value. */
    static Optional<String> wordIn(List<String> arguments) {
        boolean valueNext = false;
        for (String argument : arguments) {
            if (valueNext) {
                valueNext = false;
            } else if (argument.startsWith("-")) {
                valueNext = WITH_VALUE.contains(argument);
            } else {
                return Optional.of(argument);
            }
        }
        return Optional.empty();
    }

    /** The first option among the arguments that this command does not have. */
    Optional<String> unknownOption(List<String> arguments) {
        boolean valueNext = false;
        for (String argument : arguments) {
            String name = argument.replaceFirst("=.*", "");
            if (!valueNext && argument.startsWith("-") && !options().contains(name)) {
                return Optional.of(name);
            }
            valueNext = !valueNext && WITH_VALUE.contains(argument);
        }
        return Optional.empty();
    }

    /** What is wrong with an option's value, as far as that can be said before anything is built. */
    static Optional<String> badValue(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String[] parts = arguments.get(i).split("=", 2);
            if (!WITH_VALUE.contains(parts[0])) {
                continue;
            }
            if (parts.length == 1 && i + 1 == arguments.size()) {
                return Optional.of("option '" + parts[0] + "' needs a value");
            }
            String value = parts.length == 2 ? parts[1] : arguments.get(++i);
            List<String> words = WORDS.getOrDefault(parts[0], List.of(value));
            if (!words.contains(value)) {
                return Optional.of("option '" + parts[0] + "' cannot be '" + value + "'." + Guess.among(value, words)
                        + " Known: " + String.join(", ", words) + ".");
            }
            if (parts[0].endsWith("port") && !isPort(value)) {
                return Optional.of("option '" + parts[0] + "' needs a number from 0 to 65535, not '" + value + "'");
            }
        }
        return Optional.empty();
    }

    private static boolean isPort(String value) {
        return value.matches("\\d{1,5}") && Integer.parseInt(value) <= 65_535;
    }

    /** The question after a word that is no command: {@code " Did you mean 'up'?"}, or nothing where no command is near. */
    static String guessWord(String asked) {
        return Guess.among(
                asked,
                Stream.concat(Arrays.stream(values()).map(Verb::word), Stream.of("--version"))
                        .toList());
    }

    /** The question after an option that this command lacks, or nothing where none is near. */
    String guessOption(String asked) {
        return Guess.among(asked, options());
    }
}
