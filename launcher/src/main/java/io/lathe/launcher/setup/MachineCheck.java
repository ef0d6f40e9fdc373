package io.lathe.launcher.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Lathe needs of the machine: programs, memory, open files, a home, a place for programs' passing files. */
final class MachineCheck {
    /** Workbench, serving endpoint, one JupyterLab and one Java kernel at work. */
    private static final long MEMORY_NEEDED = 1024 * DiskSpace.MIB;

    private static final long MEMORY_WANTED = 3072 * DiskSpace.MIB;

    /** Each of 5,000 browser connections takes two sockets; some files beside. */
    private static final long FILES_WANTED = 10_512;

    /** A workbench with one project opens about three hundred. */
    private static final long FILES_NEEDED = 512;

    private static final Pattern OPEN_FILES = Pattern.compile("Max open files\\s+\\S+\\s+(\\d+|unlimited).*");

    private final Checkout checkout;

    MachineCheck(Checkout checkout) {
        this.checkout = checkout;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok("JDK", System.getProperty("java.version") + " at " + System.getProperty("java.home")));
        findings.add(
                required(Requirement.maven(), Maven.find().map(maven -> maven.version() + " at " + maven.program())));
        findings.add(required(
                Requirement.python(), Python.find().map(python -> python.version() + " at " + python.program())));
        findings.add(Chromium.find()
                .map(chromium -> Finding.ok("Chromium", chromium.program().toString()))
                .orElseGet(() -> Finding.warn(
                        "Chromium", "not found; only the browser tests need it: apt-get install chromium")));
        findings.add(memory());
        findings.add(openFiles());
        findings.add(home());
        findings.add(passingFiles());
        findings.add(letters());
        Network.proxy().ifPresent(proxy -> findings.add(Finding.ok("network", "packages are fetched " + proxy)));
        return findings;
    }

    private static Finding required(Requirement requirement, Optional<String> found) {
        return found.map(text -> Finding.ok(requirement.shortName(), text))
                .orElseGet(() -> Finding.fail(requirement.shortName(), DebianPackages.remedy(List.of(requirement))));
    }

    private static Finding memory() {
        Optional<Long> available = available();
        if (available.isEmpty()) {
            return Finding.ok("memory", "this system does not say how much is free");
        }
        String text = DiskSpace.mib(available.get()) + " free";
        if (available.get() < MEMORY_NEEDED) {
            return Finding.fail(
                    "memory",
                    text + "; workbench, serving endpoint and one notebook need about " + DiskSpace.mib(MEMORY_NEEDED)
                            + ": end other programs, or give the machine or container more");
        }
        if (available.get() < MEMORY_WANTED) {
            return Finding.warn(
                    "memory",
                    text + "; enough for one notebook, not for several: with less than " + DiskSpace.mib(MEMORY_WANTED)
                            + " stop notebook servers that are not in use");
        }
        return Finding.ok("memory", text);
    }

    /** What programs may still take, also where a container is given less than the machine has; bytes. */
    private static Optional<Long> available() {
        Optional<Long> machine = text(Path.of("/proc/meminfo"))
                .flatMap(text -> text.lines()
                        .filter(line -> line.startsWith("MemAvailable:"))
                        .findFirst())
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10);
        Optional<Long> container = number(Path.of("/sys/fs/cgroup/memory.max"))
                .flatMap(limit ->
                        number(Path.of("/sys/fs/cgroup/memory.current")).map(used -> limit - used));
        return Stream.concat(machine.stream(), container.stream()).min(Long::compare);
    }

    private static Finding openFiles() {
        Optional<String> limit = text(Path.of("/proc/self/limits"))
                .flatMap(text -> text.lines()
                        .map(OPEN_FILES::matcher)
                        .filter(Matcher::matches)
                        .map(matcher -> matcher.group(1))
                        .findFirst());
        if (limit.isEmpty() || limit.get().equals("unlimited")) {
            return Finding.ok("open files", limit.orElse("this system does not say how many"));
        }
        long files = Long.parseLong(limit.get());
        String remedy = "; raise it with 'ulimit -Hn 65536' before './lathe up', for good in /etc/security/limits.conf"
                + " (nofile) or in the container's --ulimit";
        if (files < FILES_NEEDED) {
            return Finding.fail("open files", "at most " + files + ", the workbench needs " + FILES_NEEDED + remedy);
        }
        if (files < FILES_WANTED) {
            return Finding.warn(
                    "open files",
                    "at most " + files + ", enough for about " + (files - 256) / 2 + " connections" + remedy);
        }
        return Finding.ok("open files", "at most " + files);
    }

    private Finding home() {
        return UserHome.isUsable()
                ? Finding.ok("home", UserHome.path().toString())
                : Finding.warn(
                        "home",
                        UserHome.path() + " cannot be written, so set-up fetches everything into "
                                + UserHome.instead(checkout) + "; set HOME to a folder of your own to share it");
    }

    /** SQLite's library is unpacked there and loaded. */
    private static Finding passingFiles() {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            Path program = Files.createTempFile(folder, "lathe-doctor", ".sh");
            try {
                Files.writeString(program, "#!/bin/sh\necho well\n");
                if (!program.toFile().setExecutable(true)
                        || Programs.answer(List.of(program.toString()), Map.of(), Duration.ofSeconds(10))
                                .isEmpty()) {
                    throw new IOException("nothing may be executed there");
                }
                return Finding.ok("passing files", folder.toString());
            } finally {
                Files.deleteIfExists(program);
            }
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage());
            return reason.contains("Permission denied") || reason.contains("executed")
                    ? Finding.warn(
                            "passing files",
                            folder + " is mounted noexec; Lathe keeps its native library in .build instead, other"
                                    + " libraries of your notebooks may need './lathe up' with JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=DIR")
                    : Finding.fail(
                            "passing files",
                            "cannot write to " + folder + ": " + reason
                                    + ". Free some space there, or set TMPDIR for Python and"
                                    + " JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=DIR for Java");
        }
    }

    private static Finding letters() {
        String encoding = String.valueOf(System.getProperty("sun.jnu.encoding"));
        return encoding.toUpperCase(Locale.ROOT).equals("UTF-8")
                ? Finding.ok("letters", "names of files are UTF-8")
                : Finding.warn(
                        "letters",
                        "names of files are " + encoding
                                + ": those with other letters cannot be opened. Set LC_ALL=C.UTF-8");
    }

    private static Optional<Long> number(Path file) {
        return text(file)
                .map(String::strip)
                .filter(text -> text.matches("\\d{1,18}"))
                .map(Long::valueOf);
    }

    private static Optional<String> text(Path file) {
        try {
            return Files.isReadable(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
