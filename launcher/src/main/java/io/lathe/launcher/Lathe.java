package io.lathe.launcher;

import io.lathe.launcher.backup.BackupCommand;
import io.lathe.launcher.backup.RestoreCommand;
import io.lathe.launcher.consumer.ConsumerCommand;
import io.lathe.launcher.data.DataOption;
import io.lathe.launcher.demo.DemoCommand;
import io.lathe.launcher.model.ModelCommand;
import io.lathe.launcher.sbom.SbomCommand;
import io.lathe.launcher.setup.DiskSpace;
import io.lathe.launcher.setup.FileTrouble;
import io.lathe.launcher.setup.Guess;
import io.lathe.launcher.setup.Verb;
import io.lathe.launcher.terminal.CommandFailure;
import io.lathe.launcher.terminal.ExitCode;
import io.lathe.launcher.terminal.Terminal;
import io.lathe.launcher.token.TokenCommand;
import io.lathe.launcher.workbench.DownCommand;
import io.lathe.launcher.workbench.LoginCommand;
import io.lathe.launcher.workbench.StatusCommand;
import io.lathe.launcher.workbench.UpCommand;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line proper: parses what was typed, runs one command, and turns its outcome into an exit code. */
public final class Lathe {
    private Lathe() {}

    /** The command itself has nothing to do; see its subcommands. */
    @Command(
            name = "lathe",
            description = "A Jupyter workbench for Java teams.",
            synopsisHeading = "Usage: ",
            commandListHeading = "%nCommands:%n",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:done",
                "1:the asked thing failed, or a check said no",
                "2:bad use",
                "3:the workbench cannot be reached, or the outcome is unknown",
                "130:cancelled"
            })
    private static final class Root {}

    /** Stands in the list of commands for what the set-up classes do themselves. */
    @Command
    private static final class SetupOwnCommand {}

    /**
     * Runs one command.
     *
     * @param home the checkout
     * @param arguments what was typed after {@code ./lathe}
     * @return the exit code
     */
    public static int run(Path home, List<String> arguments) {
        return run(home, arguments, new Terminal(System.out, System.err));
    }

    static int run(Path home, List<String> arguments, Terminal terminal) {
        CommandLine line = commandLine(home, terminal);
        // The help command itself knows one level only.
        return arguments.size() > 2 && arguments.getFirst().equals(Verb.HELP.word())
                ? help(line, arguments.subList(1, arguments.size()), terminal)
                : line.execute(arguments.toArray(String[]::new));
    }

    private static int help(CommandLine line, List<String> words, Terminal terminal) {
        CommandLine command = line;
        for (String word : words) {
            Map<String, CommandLine> known = command.getSubcommands();
            CommandLine next = known.get(word);
            if (next == null) {
                String name = command.getCommandSpec().qualifiedName(" ").replaceFirst("^lathe ?", "");
                terminal.progress(
                        "'" + name + "' has no command '" + word + "'." + Guess.among(word, List.copyOf(known.keySet()))
                                + " './lathe help " + name + "' says what it has.");
                return ExitCode.BAD_USE.number();
            }
            command = next;
        }
        command.usage(line.getOut());
        return ExitCode.DONE.number();
    }

    static CommandLine commandLine(Path home, Terminal terminal) {
        CommandLine line = new CommandLine(new Root())
                .addSubcommand(new UpCommand(home, terminal))
                .addSubcommand(new DownCommand(home, terminal))
                .addSubcommand(new StatusCommand(home, terminal))
                .addSubcommand(new LoginCommand(home, terminal))
                .addSubcommand(new DemoCommand(home, terminal))
                .addSubcommand(ConsumerCommand.commandLine(home, terminal))
                .addSubcommand(TokenCommand.commandLine(home, terminal))
                .addSubcommand(ModelCommand.commandLine(home, terminal))
                .addSubcommand(new SbomCommand(home, terminal))
                .addSubcommand(new BackupCommand(home))
                .addSubcommand(new RestoreCommand(home))
                .addSubcommand(test())
                .addSubcommand(doctor(home))
                .addSubcommand(new HelpCommand());
        line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((failure, words) -> badUse(failure, terminal));
        line.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, home, terminal));
        withHelpOption(line);
        return line;
    }

    private static CommandSpec described(Verb verb) {
        CommandSpec spec = CommandSpec.forAnnotatedObject(new SetupOwnCommand()).name(verb.word());
        spec.usageMessage().description(verb.summary());
        return spec;
    }

    private static CommandSpec test() {
        return described(Verb.TEST)
                .addPositional(PositionalParamSpec.builder()
                        .paramLabel("fast|scale")
                        .arity("0..1")
                        .description(
                                "fast: leave out what starts JupyterLab, kernels or a browser; scale: only what takes minutes.")
                        .build());
    }

    private static CommandSpec doctor(Path home) {
        return described(Verb.DOCTOR)
                .addMixin("data", CommandSpec.forAnnotatedObject(new DataOption(home)))
                .addOption(OptionSpec.builder("--json")
                        .description("Print the findings as one JSON object.")
                        .build());
    }

    private static void withHelpOption(CommandLine line) {
        line.getSubcommands().values().forEach(Lathe::withHelpOption);
        if (line.getCommandSpec().helpCommand()) {
            return;
        }
        line.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Describe this command.")
                        .build());
    }

    private static int badUse(ParameterException failure, Terminal terminal) {
        String command = failure.getCommandLine().getCommandSpec().qualifiedName(" ");
        String message = sentence(failure, command.replaceFirst("^lathe ", ""));
        List<String> nearest =
                failure instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        terminal.progress(message + (nearest.isEmpty() ? "." : ". Did you mean '" + nearest.getFirst() + "'?")
                + " See './" + command.replaceFirst(" ", " help ") + "'.");
        return ExitCode.BAD_USE.number();
    }

    private static String sentence(ParameterException failure, String words) {
        if (failure instanceof UnmatchedArgumentException unmatched) {
            return "'" + words + "' takes no '" + unmatched.getUnmatched().getFirst() + "'";
        }
        String message = String.valueOf(failure.getMessage());
        if (message.equals("Missing required subcommand")) {
            return "'" + words + "' needs one of "
                    + String.join(
                            ", ", failure.getCommandLine().getSubcommands().keySet());
        }
        return message;
    }

    private static String words(UncheckedIOException failure) {
        return Optional.ofNullable(failure.getCause())
                .map(FileTrouble::words)
                .orElseGet(() -> String.valueOf(failure.getMessage()));
    }

    private static int failed(Exception failure, Path home, Terminal terminal) {
        switch (failure) {
            case CommandFailure known -> {
                terminal.progress(known.text());
                return known.exitCode().number();
            }
            case InterruptedException cancelled -> {
                terminal.progress("cancelled");
                return ExitCode.CANCELLED.number();
            }
            case UncheckedIOException file ->
                terminal.progress(DiskSpace.explain(file, home).orElse(file.getMessage() + ": " + words(file)));
            default -> {
                terminal.progress("this is an error in Lathe itself: " + failure);
                failure.printStackTrace(terminal.err());
            }
        }
        return ExitCode.FAILED.number();
    }
}
