package io.lathe.launcher.setup;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ./lathe doctor}: looks at everything Lathe rests on and says, line by line, what is well and what to do about the rest. */
final class Doctor {
    private static final long GIB = 1L << 30;
    private static final int RANDOM = 0;

    private static final String WITHOUT_NAMES =
            "Chrome, Edge and Firefox do so by themselves; for other browsers and for Python programs give projects loopback"
                    + " addresses: './lathe up --notebook-hosts addresses' (on macOS each must be added: only 127.0.0.1 is there)";

    private final Checkout checkout;
    private final Path data;
    private final PrintStream results;
    private boolean failed;

    Doctor(Checkout checkout, Path data, PrintStream results) {
        this.checkout = checkout;
        this.data = data;
        this.results = results;
    }

    /** @return 0, or 1 where at least one check failed */
    int run() throws IOException {
        jdk();
        requirement(Requirement.maven(), Maven.find().map(maven -> maven.version() + " at " + maven.program()));
        requirement(Requirement.python(), Python.find().map(python -> python.version() + " at " + python.program()));
        chromium();
        diskSpace();
        setup();
        names();
        ports();
        results.flush();
        return failed ? 1 : 0;
    }

    private void jdk() {
        ok("JDK", System.getProperty("java.version") + " at " + System.getProperty("java.home"));
    }

    private void requirement(Requirement requirement, Optional<String> found) {
        if (found.isPresent()) {
            ok(requirement.name(), found.get());
        } else {
            fail(requirement.name(), DebianPackages.remedy(List.of(requirement)));
        }
    }

    private void chromium() {
        Chromium.find()
                .ifPresentOrElse(
                        chromium -> ok("Chromium", chromium.program().toString()),
                        () -> warn("Chromium", "not found; only the browser tests need it: apt-get install chromium"));
    }

    private void diskSpace() throws IOException {
        long free = Files.getFileStore(checkout.root()).getUsableSpace();
        String text = free / GIB + " GiB free at " + checkout.root();
        if (free < GIB) {
            fail("disk space", text + "; set-up needs about 2 GiB: free some");
        } else if (free < 4 * GIB) {
            warn("disk space", text + "; data and models will fill that soon");
        } else {
            ok("disk space", text);
        }
    }

    private void setup() throws IOException {
        Stamps stamps = new Stamps(checkout);
        for (Phase phase : Setup.everything(checkout)) {
            if (stamps.matches(phase)) {
                ok("set-up: " + phase.name(), "up to date");
            } else {
                warn("set-up: " + phase.name(), "missing or out of date; './lathe up' makes it");
            }
        }
    }

    private void names() {
        String name = "check.notebooks.localhost";
        try {
            boolean loopback = InetAddress.getByName(name).isLoopbackAddress();
            if (loopback) {
                ok("names", "*.notebooks.localhost is this machine");
            } else {
                warn("names", name + " is not this machine for Java. " + WITHOUT_NAMES);
            }
        } catch (UnknownHostException e) {
            warn("names", "the system does not resolve *.notebooks.localhost. " + WITHOUT_NAMES);
        }
    }

    private void ports() throws IOException {
        boolean running = runs("workbench");
        if (running) {
            ok("workbench", "runs on " + data);
        } else {
            ok("workbench", "does not run on " + data);
        }
        port("port", 8080, "--port", running);
        port("servingPort", 8501, "--serving-port", runs("serving"));
    }

    private void port(String setting, int standard, String option, boolean inUseByUs) throws IOException {
        int port = number(data.resolve("settings.json"), setting)
                .map(Long::intValue)
                .orElse(standard);
        String name = "port " + port;
        if (inUseByUs) {
            ok(name, "in use by Lathe");
        } else if (isFree(port)) {
            ok(name, "free");
        } else {
            fail(name, "in use by another program: stop that, or choose another with " + option + " N (0 picks one)");
        }
    }

    private static boolean isFree(int port) {
        try (Socket probe = new Socket()) {
            probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return false;
        } catch (IOException nobodyListens) {
            return canListen(port);
        }
    }

    private static boolean canListen(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(port != RANDOM);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private boolean runs(String process) throws IOException {
        Optional<Long> pid = number(data.resolve("run").resolve(process + ".json"), "pid");
        return pid.flatMap(ProcessHandle::of).filter(ProcessHandle::isAlive).isPresent();
    }

    /** The whole number of a top-level field; these files are written by Lathe. */
    private static Optional<Long> number(Path json, String field) throws IOException {
        if (!Files.exists(json)) {
            return Optional.empty();
        }
        Matcher matcher = Pattern.compile("\"" + Pattern.quote(field) + "\"\\s*:\\s*(\\d{1,15})")
                .matcher(Files.readString(json));
        return matcher.find() ? Optional.of(Long.valueOf(matcher.group(1))) : Optional.empty();
    }

    private void ok(String what, String detail) {
        line("ok", what, detail);
    }

    private void warn(String what, String detail) {
        line("warn", what, detail);
    }

    private void fail(String what, String detail) {
        failed = true;
        line("fail", what, detail);
    }

    private void line(String verdict, String what, String detail) {
        results.printf("%-4s  %-40s  %s%n", verdict, what, detail.replace("\n", "\n" + " ".repeat(8)));
    }
}
