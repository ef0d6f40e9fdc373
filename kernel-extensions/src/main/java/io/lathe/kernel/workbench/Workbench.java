package io.lathe.kernel.workbench;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.store.HttpObjectStore;
import io.lathe.datasets.version.Datasets;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * The workbench as this kernel sees it. Made without a call; each use that needs the workbench fails with what is missing
 * when the kernel was started outside of it. Thread-safe.
 */
public final class Workbench {

    private static final String URL = "LATHE_URL";
    private static final String TOKEN = "LATHE_TOKEN";
    private static final String PROJECT = "LATHE_PROJECT";

    private final Map<String, String> environment;

    /** Takes {@code LATHE_URL}, {@code LATHE_TOKEN} and {@code LATHE_PROJECT} from these variables. */
    public Workbench(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** The project's datasets, read and written over HTTP. UNAVAILABLE outside of a workbench. */
    public Datasets datasets() {
        return new Datasets(new HttpObjectStore(projectApi(), required(TOKEN)), Clock.systemUTC());
    }

    /** The project-scoped API. UNAVAILABLE outside of a workbench. */
    public ProjectApi project() {
        return new ProjectApi(projectApi(), required(TOKEN));
    }

    /** The project this kernel belongs to. */
    public Optional<String> findProjectName() {
        return Optional.ofNullable(environment.get(PROJECT)).filter(name -> !name.isBlank());
    }

    private URI projectApi() {
        String url = required(URL);
        try {
            return new URI(url.replaceAll("/+$", "") + "/api/v1/project");
        } catch (java.net.URISyntaxException e) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    URL + " is not an address: '" + url + "'. Expected http://127.0.0.1:8080.",
                    e);
        }
    }

    private String required(String variable) {
        String value = environment.get(variable);
        if (value == null || value.isBlank()) {
            throw new LatheException(
                    ProblemCode.UNAVAILABLE,
                    variable
                            + " is not set: this kernel was not started by Lathe's workbench, so it has no datasets and"
                            + " cannot publish. Open the project in the workbench (./lathe up prints its address) and"
                            + " start the notebook there.");
        }
        return value;
    }
}
