package io.lathe.launcher.consumer;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.launcher.api.WorkbenchApi;
import io.lathe.launcher.command.DataCommand;
import io.lathe.launcher.command.ListCommand;
import io.lathe.launcher.data.DataFolder;
import io.lathe.launcher.data.Settings;
import io.lathe.launcher.terminal.ExitCode;
import io.lathe.launcher.terminal.Terminal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./lathe consumer add|list|remove}. */
@Command(
        name = "consumer",
        description = "Add, list or remove the programs that may call a model.",
        synopsisSubcommandLabel = "(add | list | remove)")
public final class ConsumerCommand {
    private ConsumerCommand() {}

    public static CommandLine commandLine(Path home, Terminal terminal) {
        return new CommandLine(new ConsumerCommand())
                .addSubcommand(new Add(home, terminal))
                .addSubcommand(new ListAll(home, terminal))
                .addSubcommand(new Remove(home, terminal));
    }

    private static Consumers consumers(DataFolder data) {
        return new Consumers(
                data, WorkbenchApi.of(data), Settings.load(data.settings()).servingPort());
    }

    @Command(
            name = "add",
            description = "Add a consumer and print its token as the last line; the token is shown this once.",
            footer = "It returns when the serving endpoint accepts the token.")
    private static final class Add extends DataCommand {
        @Parameters(paramLabel = "NAME", description = "The consumer's name.")
        private String name = "";

        @Option(
                names = "--model",
                paramLabel = "MODEL",
                required = true,
                description = "A model it may call; repeatable.")
        private List<String> models = new ArrayList<>();

        @Option(names = "--json", description = "Print the result as one JSON object.")
        private boolean json;

        Add(Path home, Terminal terminal) {
            super(home, terminal);
        }

        @Override
        public Integer call() {
            Consumers consumers = consumers(folder());
            Consumers.Added added = consumers.add(name, models);
            try {
                consumers.awaitAccepted(added);
            } finally {
                // Also where the endpoint is late: nobody can ask for the token again.
                tell(added);
            }
            return ExitCode.DONE.number();
        }

        private void tell(Consumers.Added added) {
            if (json) {
                terminal().json(Map.of("name", added.name(), "models", added.models(), "token", added.token()));
            } else {
                terminal()
                        .progress("consumer '" + name + "' may call " + String.join(", ", models)
                                + "; its token, shown only now:");
                terminal().result(added.token());
            }
        }
    }

    @Command(name = "list", description = "List consumers and the models they may call.")
    private static final class ListAll extends ListCommand {
        ListAll(Path home, Terminal terminal) {
            super(home, terminal);
        }

        @Override
        protected JsonNode all() {
            return consumers(folder()).list();
        }

        @Override
        protected String nothing() {
            return "no consumers yet: '" + folder().command("consumer add NAME --model MODEL") + "' adds one";
        }

        @Override
        protected String line(JsonNode consumer) {
            List<String> models = new ArrayList<>();
            consumer.path("models").forEach(model -> models.add(model.asText()));
            return String.format("%-20s %s", consumer.path("name").asText(), String.join(", ", models));
        }
    }

    @Command(name = "remove", description = "Remove a consumer; its token is refused from then on.")
    private static final class Remove extends DataCommand {
        @Parameters(paramLabel = "NAME", description = "The consumer's name.")
        private String name = "";

        Remove(Path home, Terminal terminal) {
            super(home, terminal);
        }

        @Override
        public Integer call() {
            consumers(folder()).remove(name);
            terminal().progress("consumer '" + name + "' removed");
            return ExitCode.DONE.number();
        }
    }
}
