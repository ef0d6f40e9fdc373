package io.lathe.launcher.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lathe.launcher.data.StandInProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The doctor as a process of its own, before faults that are made for real. */
class DoctorTest {
    @TempDir
    Path folder;

    private Path home = Path.of("");
    private Path data = Path.of("");

    /** What a fault is made with. */
    static final class Patient {
        private final Path folder;
        private final Path home;
        private final Path data;
        private final Map<String, String> environment = new HashMap<>();
        private final List<AutoCloseable> open = new ArrayList<>();
        private String before = "";

        Patient(Path folder, Path home, Path data) {
            this.folder = folder;
            this.home = home;
            this.data = data;
        }

        void settings(String text) throws IOException {
            Files.createDirectories(data);
            Files.writeString(data.resolve("settings.json"), text);
        }

        void program(String name, String answer) throws IOException {
            Path file = Files.createDirectories(folder.resolve("bin")).resolve(name);
            Files.writeString(file, "#!/bin/sh\necho '" + answer + "'\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
    }

    interface Fault {
        void make(Patient patient) throws Exception;
    }

    /**
     * @param found the thing that the doctor names
     * @param verdict what he says of it
     * @param words what the finding says, the remedy among it
     */
    record Case(String name, Fault fault, String found, String verdict, List<String> words) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> faults() {
        return Stream.of(
                new Case(
                        "no Maven",
                        patient -> {},
                        "Maven",
                        "fail",
                        List.of("lacks Maven 3.8", "apt-get install maven")),
                new Case(
                        "Maven too old",
                        patient -> patient.program("mvn", "Apache Maven 3.6.3"),
                        "Maven",
                        "fail",
                        List.of("MAVEN_HOME")),
                new Case("no Python", patient -> {}, "Python", "fail", List.of("python3-venv", "LATHE_PYTHON")),
                new Case(
                        "too little disk for set-up",
                        patient -> patient.open.add(
                                Mount.small(Files.createDirectories(patient.home.resolve(".build")), 20)),
                        "disk space",
                        "fail",
                        List.of("20 MiB free at", ".build", "free at least 1,681 MiB", "LATHE_BUILD=DIR")),
                new Case(
                        "too little disk for data",
                        patient -> patient.open.add(Mount.small(Files.createDirectories(patient.data), 20)),
                        "room for data",
                        "fail",
                        List.of("20 MiB free at", "free 44 MiB", "--data")),
                new Case(
                        "read-only checkout",
                        patient -> patient.open.add(Mount.readOnly(patient.home)),
                        "checkout",
                        "fail",
                        List.of("is read-only for you", "LATHE_BUILD=~/lathe-build")),
                new Case(
                        "read-only data folder",
                        patient -> patient.open.add(Mount.readOnly(Files.createDirectories(patient.data))),
                        "data folder",
                        "fail",
                        List.of(
                                "cannot write",
                                "(it is mounted read-only): make it writable for you, or choose another with --data")),
                new Case(
                        "port in use",
                        patient -> {
                            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                            patient.open.add(socket);
                            patient.settings("{\"port\":" + socket.getLocalPort() + ",\"servingPort\":8501}");
                        },
                        "port ",
                        "fail",
                        List.of(
                                "process " + ProcessHandle.current().pid() + " (java",
                                "--port N (0 picks a free one)")),
                new Case(
                        "settings that are none",
                        patient -> patient.settings("port: 8080"),
                        "settings",
                        "fail",
                        List.of("settings.json cannot be read", "mend it, or delete it")),
                new Case(
                        "settings of a newer Lathe",
                        patient -> patient.settings("{\"format\":1,\"port\":\"any\"}"),
                        "settings",
                        "fail",
                        List.of("is of a newer Lathe", "--data")),
                new Case(
                        "files of tomorrow",
                        patient -> {
                            Path log = Files.createDirectories(patient.data.resolve("logs"))
                                    .resolve("workbench.log");
                            Files.writeString(log, "");
                            Files.setLastModifiedTime(
                                    log, FileTime.from(Instant.now().plus(Duration.ofDays(1))));
                        },
                        "clock",
                        "warn",
                        List.of("1439 minutes from now", "timedatectl set-ntp true")),
                new Case(
                        "few open files",
                        patient -> patient.before = "ulimit -n 800",
                        "open files",
                        "warn",
                        List.of("at most 800", "about 272 connections", "ulimit -Hn 65536")),
                new Case(
                        "very few open files",
                        patient -> patient.before = "ulimit -n 200",
                        "open files",
                        "fail",
                        List.of("at most 200", "ulimit -Hn 65536")),
                new Case(
                        "home that cannot be written",
                        patient -> patient.environment.put("HOME", "/proc/nobody"),
                        "home",
                        "warn",
                        List.of("/proc/nobody cannot be written", ".build/home", "set HOME")),
                new Case(
                        "folder for passing files without programs",
                        patient -> {
                            Path folder = Files.createDirectories(patient.folder.resolve("tmp"));
                            patient.open.add(Mount.noexec(folder));
                            patient.environment.put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + folder);
                        },
                        "passing files",
                        "warn",
                        List.of("is mounted noexec")),
                new Case(
                        "full folder for passing files",
                        patient -> {
                            Path folder = Files.createDirectories(patient.folder.resolve("tmp"));
                            patient.open.add(Mount.small(folder, 1));
                            Files.write(folder.resolve("filling"), new byte[1 << 20]);
                            patient.environment.put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + folder);
                        },
                        "passing files",
                        "fail",
                        List.of("No space left on device", "TMPDIR")),
                new Case(
                        "names that do not resolve",
                        patient -> {
                            Path hosts = Files.writeString(patient.folder.resolve("hosts"), "127.0.0.1 localhost\n");
                            patient.environment.put("JAVA_TOOL_OPTIONS", "-Djdk.net.hosts.file=" + hosts);
                        },
                        "names",
                        "warn",
                        List.of("does not resolve *.notebooks.localhost", "--notebook-hosts addresses --data ")),
                new Case(
                        "plain locale",
                        patient -> patient.environment.put("LC_ALL", "C"),
                        "letters",
                        "warn",
                        List.of("LC_ALL=C.UTF-8")));
    }

    @BeforeEach
    void makeCheckout() throws IOException {
        home = Files.createDirectories(folder.resolve("a checkout"));
        data = folder.resolve("data");
        Files.writeString(home.resolve("pom.xml"), "<modules><module>launcher</module></modules>");
    }

    @ParameterizedTest
    @MethodSource("faults")
    void findsWhatIsWrongAndSaysTheRemedy(Case fault) throws Exception {
        Patient patient = new Patient(folder, home, data);
        try {
            fault.fault().make(patient);
            Answer answer = ask(patient);
            JsonNode finding = answer.findings()
                    .valueStream()
                    .filter(one -> one.path("what").asText().startsWith(fault.found()))
                    .filter(one -> !one.path("verdict").asText().equals("ok"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("not found in " + answer.findings()));
            assertThat(finding.path("verdict").asText()).isEqualTo(fault.verdict());
            assertThat(finding.path("detail").asText()).contains(fault.words());
            if (fault.verdict().equals("fail")) {
                assertThat(answer.code()).isEqualTo(1);
            }
        } finally {
            for (AutoCloseable open : patient.open) {
                open.close();
            }
        }
    }

    @Test
    void healthyMachineIsWell() throws Exception {
        Patient patient = new Patient(folder, home, data);
        patient.program("mvn", "Apache Maven 3.9.9");
        patient.program("python3.13", "python 3.13.0");
        patient.settings("{\"port\":" + freePort() + ",\"servingPort\":" + freePort() + "}");
        Answer answer = ask(patient);
        assertThat(answer.findings()
                        .valueStream()
                        .filter(one -> one.path("verdict").asText().equals("fail")))
                .isEmpty();
        assertThat(answer.code()).isZero();
    }

    @Test
    void namesAreOfNoConcernWhereProjectsHaveAddresses() throws Exception {
        Patient patient = new Patient(folder, home, data);
        Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 localhost\n");
        patient.environment.put("JAVA_TOOL_OPTIONS", "-Djdk.net.hosts.file=" + hosts);
        patient.settings("{\"port\":8080,\"servingPort\":8501,\"notebookHosts\":\"addresses\"}");
        assertThat(ask(patient).findings().valueStream())
                .filteredOn(one -> one.path("what").asText().equals("names"))
                .extracting(one -> one.path("verdict").asText())
                .containsExactly("ok");
    }

    @Test
    void ownEndpointThatAWorkbenchLeftIsNoStranger() throws Exception {
        Patient patient = new Patient(folder, home, data);
        patient.settings("{\"port\":" + freePort() + ",\"servingPort\":4711}");
        Process endpoint = StandInProgram.start("serving-endpoint.jar", data.resolve("serving"));
        try {
            JsonNode finding = ask(patient)
                    .findings()
                    .valueStream()
                    .filter(one -> one.path("what").asText().equals("port 4711"))
                    .findFirst()
                    .orElseThrow();
            assertThat(finding.path("verdict").asText()).isEqualTo("ok");
            assertThat(finding.path("detail").asText())
                    .contains("this folder's serving endpoint (process " + endpoint.pid() + ")")
                    .contains("'./lathe down --data " + data + "' ends it");
        } finally {
            endpoint.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private record Answer(int code, JsonNode findings) {}

    private Answer ask(Patient patient) throws Exception {
        // The shell sets the limits that are looked at; where there is none, ./lathe does not run either.
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs a shell");
        Path output = Files.createTempFile("doctor", ".json");
        String command = (patient.before.isEmpty() ? "" : patient.before + "; ") + "exec \"$@\"";
        ProcessBuilder builder = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        command,
                        "doctor",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        Path.of("target/classes").toAbsolutePath().toString(),
                        Main.class.getName(),
                        home.toString(),
                        "doctor",
                        "--json",
                        "--data",
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(output.toFile());
        Path bin = Files.createDirectories(folder.resolve("bin"));
        builder.environment().keySet().removeAll(List.of("MAVEN_HOME", "M2_HOME", "LATHE_PYTHON", "LATHE_BUILD"));
        builder.environment().put("PATH", bin.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(patient.environment);
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        JsonNode tree = new ObjectMapper().readTree(Files.readString(output));
        Files.delete(output);
        return new Answer(process.exitValue(), tree.path("findings"));
    }
}
