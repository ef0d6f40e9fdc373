package io.lathe.serving;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.Nearest;
import io.lathe.datasets.problem.ProblemCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the process was started.
 *
 * @param data the only folder the endpoint writes to
 * @param port to listen on, on loopback; 0 picks a free one
 * @param workbench where routes and bundles come from, {@code http} or {@code https}
 * @param tokenFile holds the serving token, sent to the workbench and nobody else
 */
public record Settings(Path data, int port, URI workbench, Path tokenFile) {

    private static final List<String> OPTIONS = List.of("--data", "--port", "--workbench", "--token-file");

    /** Parses {@code --option value} pairs; all four are needed. BAD_REQUEST names what is wrong. */
    public static Settings parse(String... args) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            String option = args[i];
            if (!OPTIONS.contains(option)) {
                throw bad("Unknown option '" + option + "'." + Nearest.hint(option, OPTIONS));
            }
            if (i + 1 == args.length) {
                throw bad("Option " + option + " needs a value.");
            }
            if (given.put(option, args[i + 1]) != null) {
                throw bad("Option " + option + " is given twice.");
            }
        }
        return new Settings(path("--data", given), port(given), workbench(given), path("--token-file", given));
    }

    private static String value(String option, Map<String, String> given) {
        String value = given.get(option);
        if (value == null || value.isEmpty()) {
            throw bad("Option " + option + " is needed. Usage: java -jar serving-endpoint.jar"
                    + " --data DIR --port N --workbench URL --token-file FILE");
        }
        return value;
    }

    private static Path path(String option, Map<String, String> given) {
        String value = value(option, given);
        try {
            return Path.of(value).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST, "Option " + option + " is '" + value + "', which is no path.", e);
        }
    }

    private static int port(Map<String, String> given) {
        String value = value("--port", given);
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > 65_535) {
            throw bad("Option --port is '" + value + "'; it must be 0 to 65535 (0 picks a free port).");
        }
        return Integer.parseInt(value);
    }

    private static URI workbench(Map<String, String> given) {
        String value = value("--workbench", given);
        try {
            URI uri = new URI(value);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null) {
                return uri;
            }
            throw bad("Option --workbench is '" + value + "'; it must look like http://127.0.0.1:8080.");
        } catch (URISyntaxException e) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST, "Option --workbench is '" + value + "', which is no URL.", e);
        }
    }

    private static LatheException bad(String message) {
        return new LatheException(ProblemCode.BAD_REQUEST, message);
    }
}
