package io.lathe.launcher.data;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.lathe.launcher.setup.FileTrouble;
import io.lathe.launcher.setup.Guess;
import io.lathe.launcher.terminal.CommandFailure;
import io.lathe.launcher.terminal.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a data folder keeps of the options it was once started with.
 *
 * @param port loopback port of the workbench, 1 to 65535
 * @param servingPort loopback port of the serving endpoint, 1 to 65535
 * @param provisioner how notebook servers are started
 * @param notebookHosts how projects get hosts of their own: by {@code names} below notebooks.localhost, or by loopback {@code addresses}
 */
public record Settings(int port, int servingPort, String provisioner, String notebookHosts) {
    public static final Settings STANDARD = new Settings(8080, 8501, "process", "names");

    private static final List<String> NEEDED = List.of("port", "servingPort", "provisioner");

    private static final ObjectMapper JSON = new ObjectMapper();

    public Settings(
            @JsonProperty(value = "port", required = true) int port,
            @JsonProperty(value = "servingPort", required = true) int servingPort,
            @JsonProperty(value = "provisioner", required = true) String provisioner,
            @JsonProperty("notebookHosts") @Nullable String notebookHosts) {
        this.port = port("port", port);
        this.servingPort = port("servingPort", servingPort);
        this.provisioner = provisioner;
        // The first Lathe's settings have none.
        this.notebookHosts = notebookHosts == null ? "names" : notebookHosts;
        if (port == servingPort) {
            throw new CommandFailure(
                    ExitCode.BAD_USE,
                    "port " + port
                            + " cannot be the workbench's and the serving endpoint's; choose --port and --serving-port");
        }
        if (!provisioner.equals("process")) {
            throw new CommandFailure(
                    ExitCode.BAD_USE,
                    "there is no provisioner '" + provisioner + "'." + Guess.among(provisioner, List.of("process"))
                            + " Known: 'process'.");
        }
        if (!this.notebookHosts.equals("names") && !this.notebookHosts.equals("addresses")) {
            throw new CommandFailure(
                    ExitCode.BAD_USE,
                    "notebook hosts cannot be '" + notebookHosts
                            + "'; choose 'names' or 'addresses' with --notebook-hosts");
        }
    }

    /** What the user asked for on the command line; what is empty is kept as it was. 0 stands for any free port. */
    public record Wishes(
            Optional<Integer> port,
            Optional<Integer> servingPort,
            Optional<String> provisioner,
            Optional<String> notebookHosts) {
        public static final Wishes NONE =
                new Wishes(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The settings kept in a file, or the standard ones where there is none. */
    public static Settings load(Path file) {
        if (!Files.exists(file)) {
            return STANDARD;
        }
        try {
            String text = Files.readString(file);
            JsonNode tree = JSON.readTree(text);
            if (tree.path("format").asInt(0) > 0) {
                throw new CommandFailure(
                        ExitCode.FAILED,
                        file + " is of a newer Lathe: it has format "
                                + tree.path("format").asInt()
                                + ", this one knows format 0. Use the Lathe that made it or a newer one, or choose another"
                                + " folder with --data. Nothing was changed");
            }
            if (!tree.isObject()) {
                throw unreadable(file, "it is no JSON object");
            }
            for (String needed : NEEDED) {
                if (!tree.has(needed)) {
                    throw unreadable(file, "it has no '" + needed + "'");
                }
            }
            return JSON.readValue(text, Settings.class);
        } catch (JsonProcessingException e) {
            throw unreadable(file, reason(e));
        } catch (CharacterCodingException e) {
            throw unreadable(file, "it is no text in UTF-8");
        } catch (IOException e) {
            throw unreadable(file, FileTrouble.words(e));
        }
    }

    /** Without the parser's own words: they speak of classes. */
    private static String reason(JsonProcessingException failure) {
        JsonLocation at = failure.getLocation();
        String line = at == null ? "" : "line " + at.getLineNr() + ": ";
        if (failure.getCause() instanceof CommandFailure refusal) {
            return refusal.text();
        }
        if (failure instanceof UnrecognizedPropertyException unknown) {
            return line + "there is no setting '" + unknown.getPropertyName() + "'";
        }
        if (failure instanceof JsonMappingException value && !value.getPath().isEmpty()) {
            return line + "'" + value.getPath().getLast().getFieldName() + "' cannot have that value";
        }
        return line + "this is not JSON" + (at == null ? "" : " from column " + at.getColumnNr() + " on");
    }

    private static CommandFailure unreadable(Path file, String reason) {
        return new CommandFailure(
                ExitCode.FAILED,
                "cannot read the settings in " + file + ": " + reason
                        + ". Mend the file, or delete it to start from the standard ports");
    }

    /** These settings with the wishes in place; a wish of 0 keeps no port but picks a free one. */
    public Settings with(Wishes wishes) {
        int chosen = wishes.port().map(Settings::orFree).orElse(port);
        return new Settings(
                chosen,
                wishes.servingPort().map(Settings::orFree).orElse(servingPort),
                wishes.provisioner().orElse(provisioner),
                wishes.notebookHosts().orElse(notebookHosts));
    }

    /** Writes the file so that a reader sees the old or the new one. */
    public void save(Path file) {
        try {
            Files.createDirectories(file.resolveSibling("."));
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(fresh, JSON.writeValueAsString(this) + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the settings to " + file, e);
        }
    }

    private static int orFree(int port) {
        if (port != 0) {
            return port;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot find a free port", e);
        }
    }

    private static int port(String name, int value) {
        if (value < 1 || value > 65_535) {
            throw new CommandFailure(ExitCode.BAD_USE, name + " must be 0 (any) or 1 to 65535, not " + value);
        }
        return value;
    }
}
