package io.lathe.launcher.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.launcher.api.WorkbenchApi;
import io.lathe.launcher.command.DataCommand;
import io.lathe.launcher.command.ListCommand;
import io.lathe.launcher.terminal.ExitCode;
import io.lathe.launcher.terminal.Terminal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./lathe model list|show|rollback}. */
@Command(
        name = "model",
        description = "List and show models, roll one back.",
        synopsisSubcommandLabel = "(list | show | rollback)")
public final class ModelCommand {
    private static final String PATH = "/api/v1/models";

    private ModelCommand() {}

    public static CommandLine commandLine(Path home, Terminal terminal) {
        return new CommandLine(new ModelCommand())
                .addSubcommand(new ListAll(home, terminal))
                .addSubcommand(new Show(home, terminal))
                .addSubcommand(new Rollback(home, terminal));
    }

    @Command(name = "list", description = "List models with their version in production.")
    private static final class ListAll extends ListCommand {
        ListAll(Path home, Terminal terminal) {
            super(home, terminal);
        }

        @Override
        protected JsonNode all() {
            return api().get(PATH);
        }

        @Override
        protected String nothing() {
            return "no models yet: publish one from a notebook, or see it done by '" + folder().command("demo") + "'";
        }

        @Override
        protected String line(JsonNode model) {
            JsonNode production = model.path("production");
            int versions = model.path("versions").asInt();
            return String.format(
                    "%-30s %-22s %d %s",
                    model.path("name").asText(),
                    production.isNumber() ? "production: version " + production.asInt() : "not in production",
                    versions,
                    versions == 1 ? "version" : "versions");
        }
    }

    @Command(name = "show", description = "Show a model's versions, how each was judged, and its aliases.")
    private static final class Show extends DataCommand {
        @Parameters(paramLabel = "NAME", description = "The model's name.")
        private String name = "";

        @Option(names = "--json", description = "Print the result as one JSON object.")
        private boolean json;

        Show(Path home, Terminal terminal) {
            super(home, terminal);
        }

        @Override
        public Integer call() {
            JsonNode model = api().get(PATH + "/" + WorkbenchApi.segment(name));
            if (json) {
                terminal().json(model);
                return ExitCode.DONE.number();
            }
            terminal().result(model.path("name").asText());
            for (JsonNode version : model.path("versions")) {
                terminal()
                        .result(line(
                                version,
                                aliasesOf(model, version.path("version").asInt())));
            }
            return ExitCode.DONE.number();
        }

        private static String line(JsonNode version, List<String> aliases) {
            JsonNode verdict = version.path("verdict");
            List<String> reasons = new ArrayList<>();
            verdict.path("reasons").forEach(reason -> reasons.add(reason.asText()));
            JsonNode metrics = version.path("metrics");
            String figure = metrics.has("rmse") ? "rmse" : "accuracy";
            JsonNode value = metrics.path(figure);
            return String.format(
                    "  version %-4d %-10s %s %-8s %s%s",
                    version.path("version").asInt(),
                    verdict.path("outcome").asText(),
                    figure,
                    value.isNumber() ? String.format(Locale.ROOT, "%.4f", value.asDouble()) : "?",
                    aliases.isEmpty() ? "" : "[" + String.join(", ", aliases) + "] ",
                    String.join("; ", reasons));
        }

        private static List<String> aliasesOf(JsonNode model, int version) {
            List<String> aliases = new ArrayList<>();
            model.path("aliases").properties().forEach(alias -> {
                if (alias.getValue().asInt() == version) {
                    aliases.add(alias.getKey());
                }
            });
            return aliases;
        }
    }

    @Command(name = "rollback", description = "Move production back to the version it was at before.")
    private static final class Rollback extends DataCommand {
        @Parameters(paramLabel = "NAME", description = "The model's name.")
        private String name = "";

        @Option(names = "--json", description = "Print the result as one JSON object.")
        private boolean json;

        Rollback(Path home, Terminal terminal) {
            super(home, terminal);
        }

        @Override
        public Integer call() {
            JsonNode move = api().post(PATH + "/" + WorkbenchApi.segment(name) + "/rollback");
            if (json) {
                terminal().json(move);
            } else {
                terminal()
                        .result(name + ": " + move.path("alias").asText() + " moved from version "
                                + move.path("from").asInt() + " to version "
                                + move.path("to").asInt());
            }
            return ExitCode.DONE.number();
        }
    }
}
