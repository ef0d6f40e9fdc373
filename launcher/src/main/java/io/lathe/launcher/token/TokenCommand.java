package io.lathe.launcher.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lathe.launcher.api.WorkbenchApi;
import io.lathe.launcher.command.DataCommand;
import io.lathe.launcher.command.ListCommand;
import io.lathe.launcher.terminal.ExitCode;
import io.lathe.launcher.terminal.Terminal;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./lathe token add|list|revoke}. */
@Command(
        name = "token",
        description = "Add, list or revoke personal tokens for the workbench's API.",
        synopsisSubcommandLabel = "(add | list | revoke)")
public final class TokenCommand {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/api/v1/tokens";

    private TokenCommand() {}

    public static CommandLine commandLine(Path home, Terminal terminal) {
        return new CommandLine(new TokenCommand())
                .addSubcommand(new Add(home, terminal))
                .addSubcommand(new ListAll(home, terminal))
                .addSubcommand(new Revoke(home, terminal));
    }

    @Command(
            name = "add",
            description = "Add a personal token and print it as the last line; it is shown this once.",
            footer = "Programs send it as 'Authorization: Bearer TOKEN'.")
    private static final class Add extends DataCommand {
        @Parameters(paramLabel = "NAME", description = "The token's name.")
        private String name = "";

        @Option(
                names = "--role",
                paramLabel = "ROLE",
                description =
                        "What it may do: viewer, developer, maintainer or owner; each may do what those before it may."
                                + " Standard: ${DEFAULT-VALUE}.",
                defaultValue = "developer")
        private String role = "";

        @Option(
                names = "--days",
                paramLabel = "N",
                description = "How long it is good, 1 to 3650. Standard: ${DEFAULT-VALUE}.",
                defaultValue = "90")
        private int days;

        @Option(names = "--json", description = "Print the result as one JSON object.")
        private boolean json;

        Add(Path home, Terminal terminal) {
            super(home, terminal);
        }

        @Override
        public Integer call() {
            ObjectNode wanted =
                    JSON.createObjectNode().put("name", name).put("role", role).put("days", days);
            JsonNode added = api().post(PATH, wanted);
            if (json) {
                terminal().json(added);
            } else {
                terminal()
                        .progress("token '" + name + "' with role '"
                                + added.path("role").asText() + "', good until "
                                + added.path("expiresAt").asText() + ", shown only now:");
                terminal().result(added.path("token").asText());
            }
            return ExitCode.DONE.number();
        }
    }

    @Command(name = "list", description = "List personal tokens, their roles and how long they are good.")
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
            return "no tokens yet: '" + folder().command("token add NAME") + "' makes one";
        }

        @Override
        protected String line(JsonNode token) {
            return String.format(
                    "%-20s %-10s until %s, %s",
                    token.path("name").asText(),
                    token.path("role").asText(),
                    token.path("expiresAt").asText(),
                    token.has("lastUsedAt") ? "used " + token.path("lastUsedAt").asText() : "never used");
        }
    }

    @Command(name = "revoke", description = "Revoke a personal token; it is refused from then on.")
    private static final class Revoke extends DataCommand {
        @Parameters(paramLabel = "NAME", description = "The token's name.")
        private String name = "";

        Revoke(Path home, Terminal terminal) {
            super(home, terminal);
        }

        @Override
        public Integer call() {
            api().delete(PATH + "/" + WorkbenchApi.segment(name));
            terminal().progress("token '" + name + "' revoked");
            return ExitCode.DONE.number();
        }
    }
}
