package io.lathe.workbench.notebookserver;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.workbench.access.Secrets;
import io.lathe.workbench.json.Json;
import io.lathe.workbench.process.LocalProcess;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs each notebook server as a JupyterLab process of this machine, on a loopback port, with a secret and a configuration of its
 * own. It isolates nothing: whoever uses a notebook acts as the workbench's user.
 *
 * <p>A server's files: {@code run/servers/<id>/} (its configuration and Jupyter's own folders, mode 0700), {@code
 * run/servers/<id>.json} (its card, for other programs), {@code logs/servers/<id>.log} (its output; a file, so that it outlives the
 * workbench).
 */
public final class ProcessProvisioner implements Provisioner {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessProvisioner.class);

    private static final List<String> CONFIGURATION = List.of(
            "jupyter_server_config.py",
            "lathe_identity.py",
            "lathe_kernels.py",
            "lathe_uploads.py",
            "labconfig/page_config.json");

    /** What a server inherits of the workbench's environment; everything else may hold secrets of the workbench's user. */
    private static final Set<String> INHERITED = Set.of(
            "HOME",
            "USER",
            "LOGNAME",
            "SHELL",
            "TZ",
            "TMPDIR",
            "TERM",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "http_proxy",
            "https_proxy",
            "no_proxy",
            "LD_LIBRARY_PATH",
            "CUDA_VISIBLE_DEVICES",
            "NVIDIA_VISIBLE_DEVICES");

    /** What is uploaded to a server and has not all come yet, in its own folder. */
    private static final String UPLOADS = "uploads";

    /** Between two looks while processes end. */
    private static final long PATIENCE_STEP_MILLIS = 50;

    /** Logs that are kept; enough for every project's last start and its story. */
    static final int MOST_LOGS = 100;

    private static final Duration KILL_PATIENCE = Duration.ofSeconds(2);

    private static final String LOG_SUFFIX = ".log";

    private final Path python;
    private final Path runFolder;
    private final Path logFolder;

    /** Those that this workbench started itself: only their exit codes can be learnt. */
    private final Map<String, Process> children = new ConcurrentHashMap<>();

    /**
     * @param home the checkout, whose {@code .build/python} is the private Python environment
     * @param data the data folder
     */
    public ProcessProvisioner(Path home, Path data) {
        this.python = home.resolve(".build/python/bin/python").toAbsolutePath();
        this.runFolder = data.resolve("run/servers").toAbsolutePath();
        this.logFolder = data.resolve("logs/servers").toAbsolutePath();
    }

    @Override
    public void prepare(LaunchRequest request) {
        if (!Files.isExecutable(python)) {
            throw new LatheException(
                    ProblemCode.UNAVAILABLE,
                    "The private Python environment is missing: there is no " + python
                            + ". Run ./lathe up, which makes it.");
        }
        if (!Files.isDirectory(request.folder())) {
            throw new LatheException(
                    ProblemCode.NOT_FOUND,
                    "The folder of project " + request.project() + " is missing: " + request.folder()
                            + ". Put it back, or make the project anew.");
        }
        Path own = ownFolder(request.serverId());
        try {
            for (String part : List.of("config/labconfig", "data", "runtime", "ipython", UPLOADS)) {
                Files.createDirectories(own.resolve(part));
            }
            Files.createDirectories(logFolder);
            pruneLogs();
            Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwx------"));
            for (String name : CONFIGURATION) {
                try (InputStream resource = ProcessProvisioner.class.getResourceAsStream(name)) {
                    if (resource == null) {
                        throw new IllegalStateException("This jar lacks " + name);
                    }
                    Files.copy(resource, own.resolve("config").resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw failed("lay out the files of the notebook server in " + own, e);
        }
    }

    @Override
    public Placement launch(LaunchRequest request) {
        Path own = ownFolder(request.serverId());
        String secret = Secrets.fresh();
        int port = freePort();
        try {
            writePrivately(own.resolve("config/server.json"), Json.write(settings(request, port, secret)));
            Path log = logFile(request.serverId());
            createPrivately(log);
            // A session of its own: an interrupt typed at the workbench's terminal must not end the servers too.
            ProcessBuilder builder = new ProcessBuilder("setsid", python.toString(), "-m", "jupyterlab")
                    .directory(request.folder().toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            setEnvironment(builder.environment(), request, own);
            Process process = builder.start();
            children.put(request.serverId(), process);
            LocalProcess started = LocalProcess.of(process.toHandle());
            return new Placement(
                    URI.create("http://127.0.0.1:" + port),
                    secret,
                    OptionalLong.of(process.pid()),
                    Json.write(Map.of("started", started.started())));
        } catch (IOException e) {
            throw failed("start JupyterLab for project " + request.project(), e);
        }
    }

    /** Deletes all but the newest logs; never that of a server that may run, which has a folder of its own. */
    private void pruneLogs() throws IOException {
        List<Path> logs;
        try (Stream<Path> files = Files.list(logFolder)) {
            logs = files.filter(file -> file.toString().endsWith(LOG_SUFFIX))
                    .sorted(Comparator.comparingLong(
                                    (Path file) -> file.toFile().lastModified())
                            .reversed())
                    .skip(MOST_LOGS)
                    .toList();
        }
        for (Path log : logs) {
            String serverId = log.getFileName().toString().replace(LOG_SUFFIX, "");
            if (!Files.exists(ownFolder(serverId))) {
                Files.deleteIfExists(log);
            }
        }
    }

    private Map<String, Object> settings(LaunchRequest request, int port, String secret) {
        Path lab = request.folder().resolve(".jupyter/lab");
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("uploads", ownFolder(request.serverId()).resolve(UPLOADS).toString());
        settings.put("secret", secret);
        settings.put("person", "owner");
        settings.put("port", port);
        settings.put("baseUrl", "/projects/" + request.project() + "/");
        settings.put("folder", request.folder().toString());
        settings.put("settings", lab.resolve("user-settings").toString());
        settings.put("workspaces", lab.resolve("workspaces").toString());
        return settings;
    }

    private void setEnvironment(Map<String, String> environment, LaunchRequest request, Path own) {
        String path = Optional.ofNullable(environment.get("PATH")).orElse("/usr/local/bin:/usr/bin:/bin");
        environment.keySet().retainAll(INHERITED);
        String java = System.getProperty("java.home");
        environment.put("PATH", python.getParent() + ":" + java + "/bin:" + path);
        environment.put("JAVA_HOME", java);
        environment.put("LANG", "C.UTF-8");
        environment.put("PYTHONNOUSERSITE", "1");
        environment.put("JUPYTER_CONFIG_DIR", own.resolve("config").toString());
        environment.put("JUPYTER_DATA_DIR", own.resolve("data").toString());
        environment.put("JUPYTER_RUNTIME_DIR", own.resolve("runtime").toString());
        environment.put("IPYTHONDIR", own.resolve("ipython").toString());
        environment.put("LATHE_URL", request.workbench().toString());
        environment.put("LATHE_TOKEN", request.token());
        environment.put("LATHE_PROJECT", request.project());
        environment.put(ServerProcesses.MARK, request.serverId());
    }

    @Override
    public Health look(String serverId, Placement placement) {
        if (ServerProcesses.find(serverId, process(placement)).isPresent()) {
            return new Health.Running();
        }
        Process child = children.get(serverId);
        if (child == null) {
            return new Health.Gone("JupyterLab has ended; its exit code went to an earlier workbench");
        }
        if (isStarting(child, serverId)) {
            return new Health.Running();
        }
        try {
            if (!child.waitFor(1, TimeUnit.SECONDS)) {
                return new Health.Running();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Health.Running();
        }
        boolean lostPort = child.exitValue() == 1
                && logTail(serverId).stream()
                        .anyMatch(line -> line.contains("is not available") || line.contains("already in use"));
        return lostPort ? new Health.LostPort() : new Health.Gone("JupyterLab ended with " + exit(child.exitValue()));
    }

    /** Between fork and exec a child still shows its parent's environment. */
    private static boolean isStarting(Process child, String serverId) {
        return child.isAlive() && !ServerProcesses.carries(child.toHandle(), serverId);
    }

    private static String exit(int code) {
        return code > 128 ? "signal " + (code - 128) : "exit code " + code;
    }

    @Override
    public void stop(String serverId, Placement placement, Duration grace) {
        ServerProcesses.find(serverId, process(placement)).ifPresent(ProcessHandle::destroy);
        long deadline = System.nanoTime() + grace.toNanos();
        // Jupyter shuts its kernels down before it ends itself.
        while (ServerProcesses.find(serverId, process(placement)).isPresent() && System.nanoTime() < deadline) {
            if (!pause()) {
                break;
            }
        }
        clean(serverId);
    }

    @Override
    public void clean(String serverId) {
        long deadline = System.nanoTime() + KILL_PATIENCE.toNanos();
        List<ProcessHandle> left = ServerProcesses.all(serverId);
        while (!left.isEmpty() && System.nanoTime() < deadline) {
            left.forEach(ProcessHandle::destroyForcibly);
            if (!pause()) {
                break;
            }
            left = ServerProcesses.all(serverId);
        }
        children.remove(serverId);
        try {
            Files.deleteIfExists(cardFile(serverId));
            deleteTree(ownFolder(serverId));
        } catch (IOException e) {
            // Left-over files harm nobody, since no other start uses them; a server that could not be ended would.
            LOG.warn("Files of notebook server {} could not be removed: {}", serverId, e.toString());
        }
    }

    @Override
    public void announce(String serverId, String project, Placement placement, NotebookServer.State state) {
        LocalProcess process = process(placement);
        Map<String, Object> card = new LinkedHashMap<>();
        card.put("pid", process.pid());
        card.put("started", process.started());
        card.put("project", project);
        card.put("port", placement.url().getPort());
        card.put("state", state.wireName());
        try {
            writePrivately(cardFile(serverId), Json.write(card) + "\n");
        } catch (IOException e) {
            throw failed("write " + cardFile(serverId), e);
        }
    }

    @Override
    public List<String> logTail(String serverId) {
        return LogTail.read(logFile(serverId));
    }

    private static LocalProcess process(Placement placement) {
        JsonNode details = Json.tree(placement.details());
        return new LocalProcess(
                placement.pid().orElseThrow(), details.path("started").asLong());
    }

    private Path ownFolder(String serverId) {
        return runFolder.resolve(serverId);
    }

    private Path cardFile(String serverId) {
        return runFolder.resolve(serverId + ".json");
    }

    private Path logFile(String serverId) {
        return logFolder.resolve(serverId + LOG_SUFFIX);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw failed("find a free port on the loopback interface", e);
        }
    }

    /** Whole or not at all, and readable by this user only. */
    private static void writePrivately(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        createPrivately(fresh);
        Files.writeString(fresh, text, StandardOpenOption.WRITE);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void createPrivately(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(PATIENCE_STEP_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static LatheException failed(String what, IOException cause) {
        return new LatheException(ProblemCode.INTERNAL, "Could not " + what + ": " + cause.getMessage() + ".", cause);
    }
}
