package io.lathe.launcher.setup;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Lathe needs of a data folder: that it can be written, has room, is not of a newer Lathe, that its ports are free and that browsers find
 * the hosts of its projects.
 */
final class DataCheck {
    private static final String WITHOUT_NAMES =
            "Chrome, Edge and Firefox do so by themselves; for other browsers and for Python programs give projects loopback"
                    + " addresses: '%s' (on macOS each must be added: only 127.0.0.1 is there)";

    private static final Pattern ADDRESSES = Pattern.compile("\"notebookHosts\"\\s*:\\s*\"addresses\"");

    private static final long WANTED = 1024 * DiskSpace.MIB;

    private final Path data;
    private final Path standard;
    private final DataPlace place;

    private enum Program {
        WORKBENCH("workbench", "workbench-server.jar", ""),
        ENDPOINT("serving endpoint", "serving-endpoint.jar", "serving");

        private final String words;
        private final String jar;
        private final String folder;

        Program(String words, String jar, String folder) {
            this.words = words;
            this.jar = jar;
            this.folder = folder;
        }

        Optional<ProcessHandle> find(Path data) {
            return ProgramMark.find(jar, data.resolve(folder));
        }
    }

    /** @param standard the folder that commands mean when they name none */
    DataCheck(Path data, Path standard) {
        this.data = data;
        this.standard = standard;
        this.place = new DataPlace(data);
    }

    List<Finding> findings() throws IOException {
        List<Finding> findings = new ArrayList<>();
        findings.add(folder());
        findings.add(room());
        if (Files.isDirectory(data)) {
            findings.add(CheckoutCheck.clock(data.resolve("logs")));
        }
        Optional<String> settings = settings();
        if (settings.isEmpty()) {
            findings.add(Finding.fail(
                    "settings",
                    data.resolve("settings.json")
                            + " cannot be read as settings: mend it, or delete it to start from the"
                            + " standard ports"));
            return findings;
        }
        if (number(settings.get(), "format").orElse(0L) > 0) {
            findings.add(Finding.fail(
                    "settings",
                    data.resolve("settings.json")
                            + " is of a newer Lathe: use that version or a newer one, or another folder"
                            + " with --data"));
            return findings;
        }
        findings.add(
                ADDRESSES.matcher(settings.get()).find()
                        ? Finding.ok("names", "projects have loopback addresses of their own here")
                        : names());
        findings.add(port(settings.get(), "port", 8080, "--port", Program.WORKBENCH));
        findings.add(port(settings.get(), "servingPort", 8501, "--serving-port", Program.ENDPOINT));
        return findings;
    }

    private Finding names() {
        String name = "check.notebooks.localhost";
        String up = TypedCommand.of("up --notebook-hosts addresses", data, standard);
        try {
            return InetAddress.getByName(name).isLoopbackAddress()
                    ? Finding.ok("names", "*.notebooks.localhost is this machine")
                    : Finding.warn("names", name + " is not this machine for Java. " + WITHOUT_NAMES.formatted(up));
        } catch (UnknownHostException e) {
            return Finding.warn(
                    "names", "the system does not resolve *.notebooks.localhost. " + WITHOUT_NAMES.formatted(up));
        }
    }

    private Finding folder() {
        return place.obstacle()
                .map(problem -> Finding.fail("data folder", problem))
                .orElseGet(() -> Finding.ok(
                        "data folder", Files.isDirectory(data) ? data.toString() : data + " is not there yet"));
    }

    private Finding room() {
        Optional<String> shortage = place.shortage();
        if (shortage.isPresent()) {
            return Finding.fail("room for data", shortage.get());
        }
        DiskSpace space = DiskSpace.at(data);
        String text = DiskSpace.mib(space.free()) + " free at " + space.folder();
        return space.free() < WANTED
                ? Finding.warn("room for data", text + "; data and models will fill that soon: free some")
                : Finding.ok("room for data", text);
    }

    /** The settings' text, empty text where there are none; nothing where they cannot be read. */
    private Optional<String> settings() {
        Path file = data.resolve("settings.json");
        if (!Files.exists(file)) {
            return Optional.of("");
        }
        try {
            String text = Files.readString(file).strip();
            return text.startsWith("{") && text.endsWith("}") ? Optional.of(text) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Finding port(String settings, String setting, int standard, String option, Program program)
            throws IOException {
        int port = number(settings, setting).map(Long::intValue).orElse(standard);
        String what = "port " + port;
        Optional<String> own = ownHolder(program, port);
        if (own.isPresent()) {
            return Finding.ok(what, own.get());
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return Finding.ok(what, "free");
        } catch (BindException e) {
            return Finding.fail(what, PortProblem.of(port, e, option));
        }
    }

    /** Who of this folder's own programs has the port, by its command line: a killed workbench, or a full disk, leaves no note. */
    private Optional<String> ownHolder(Program program, int port) {
        return program.find(data)
                .filter(process -> ProgramMark.port(process) == port)
                .map(process -> "in use by this folder's " + program.words + " (process " + process.pid() + ")"
                        + (Program.WORKBENCH.find(data).isPresent()
                                ? ""
                                : ", which a workbench that is gone has left: '" + TypedCommand.of("up", data, standard)
                                        + "' takes it over, '" + TypedCommand.of("down", data, standard)
                                        + "' ends it"));
    }

    /** The whole number of a top-level field; these files are written by Lathe. */
    private static Optional<Long> number(String json, String field) {
        Matcher matcher = Pattern.compile("\"" + Pattern.quote(field) + "\"\\s*:\\s*(\\d{1,15})")
                .matcher(json);
        return matcher.find() ? Optional.of(Long.valueOf(matcher.group(1))) : Optional.empty();
    }
}
