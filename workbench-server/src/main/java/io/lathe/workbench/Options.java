package io.lathe.workbench;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.Nearest;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.workbench.access.HostNaming;
import java.nio.file.Path;
import java.util.List;

/**
 * What the workbench is started with.
 *
 * @param data folder that holds all state; made if missing
 * @param port loopback port of the workbench, 0 to 65535; 0 lets the system choose
 * @param servingPort loopback port of the serving endpoint, 0 to 65535; 0 lets the system choose
 * @param home the checkout: templates, jars and the private Python environment are below it
 * @param notebookHosts how projects get hosts of their own
 */
public record Options(Path data, int port, int servingPort, Path home, HostNaming notebookHosts) {
    private static final List<String> KNOWN =
            List.of("--data", "--port", "--serving-port", "--home", "--notebook-hosts");

    public Options {
        data = data.toAbsolutePath().normalize();
        home = home.toAbsolutePath().normalize();
    }

    /** With names for the projects' hosts. */
    public Options(Path data, int port, int servingPort, Path home) {
        this(data, port, servingPort, home, HostNaming.NAMES);
    }

    /**
     * Reads {@code --data DIR --port N --serving-port N --home DIR --notebook-hosts WORD}; what is not given is
     * {@code .lathe}, 8080, 8501, the current folder and {@code names}.
     *
     * @throws LatheException BAD_REQUEST on an unknown option, naming the nearest known one, or on a bad value
     */
    public static Options parse(String... arguments) {
        Options options = new Options(Path.of(".lathe"), 8080, 8501, Path.of(""));
        for (int i = 0; i < arguments.length; i += 2) {
            String option = arguments[i];
            if (!KNOWN.contains(option)) {
                throw bad("Unknown option '" + option + "'." + Nearest.hint(option, KNOWN));
            }
            if (i + 1 == arguments.length) {
                throw bad("Option " + option + " needs a value.");
            }
            options = options.with(option, arguments[i + 1]);
        }
        return options;
    }

    private Options with(String option, String value) {
        return switch (option) {
            case "--data" -> new Options(Path.of(value), port, servingPort, home, notebookHosts);
            case "--port" -> new Options(data, port(option, value), servingPort, home, notebookHosts);
            case "--serving-port" -> new Options(data, port, port(option, value), home, notebookHosts);
            case "--notebook-hosts" -> new Options(data, port, servingPort, home, HostNaming.of(value));
            default -> new Options(data, port, servingPort, Path.of(value), notebookHosts);
        };
    }

    private static int port(String option, String value) {
        try {
            int port = Integer.parseInt(value);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw new LatheException(ProblemCode.BAD_REQUEST, portMessage(option, value), e);
        }
        throw bad(portMessage(option, value));
    }

    private static String portMessage(String option, String value) {
        return "Option " + option + " needs a number from 0 to 65535, not '" + value + "'.";
    }

    private static LatheException bad(String message) {
        return new LatheException(ProblemCode.BAD_REQUEST, message);
    }
}
