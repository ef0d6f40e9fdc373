package io.lathe.launcher.setup;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Keeps the outcome of {@code ./lathe test scale} where git keeps it: {@code benchmarks/results/<date>-scale.json}. */
record ScaleResult(TestReports reports, Figures figures, Duration time) {
    Path save(Checkout checkout) throws IOException {
        Path file = checkout.root()
                .resolve("benchmarks")
                .resolve("results")
                .resolve(LocalDate.now(ZoneOffset.UTC) + "-scale.json");
        Folders.write(file, json(commit(checkout)));
        return file;
    }

    private String json(String commit) {
        String tests = reports.tests().stream().map(this::test).collect(Collectors.joining(",\n"));
        return """
                {
                 "environment": {"cores": %d, "system": %s, "java": %s, "commit": %s, "load_after": %s},
                 "seconds": %s,
                 "passed": %d,
                 "failed": %d,
                 "skipped": %d,
                 "tests": [
                %s
                 ]
                }
                """.formatted(
                        Runtime.getRuntime().availableProcessors(),
                        JsonText.quoted(System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                                + System.getProperty("os.arch")),
                        JsonText.quoted(System.getProperty("java.vm.version")),
                        JsonText.quoted(commit),
                        decimal(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()),
                        decimal(time.toMillis() / 1000.0),
                        reports.count(TestReports.Outcome.PASSED),
                        reports.count(TestReports.Outcome.FAILED),
                        reports.count(TestReports.Outcome.SKIPPED),
                        tests);
    }

    private String test(TestReports.TestCase test) {
        List<Figures.Figure> measured = figures.of(test.name());
        return "  {\"module\": " + JsonText.quoted(test.module()) + ", \"test\": " + JsonText.quoted(test.name())
                + ", \"outcome\": "
                + JsonText.quoted(test.outcome().name().toLowerCase(Locale.ROOT)) + ", \"seconds\": "
                + decimal(test.seconds())
                + (test.why().isEmpty() ? "" : ", \"why\": " + JsonText.quoted(test.why()))
                + (measured.isEmpty()
                        ? ""
                        : ", \"figures\": "
                                + measured.stream()
                                        .map(Figures.Figure::json)
                                        .collect(Collectors.joining(", ", "[", "]")))
                + "}";
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%.3f", number);
    }

    private static String commit(Checkout checkout) throws IOException {
        return Programs.answer(
                        List.of("git", "-C", checkout.root().toString(), "rev-parse", "--short", "HEAD"),
                        Map.of(),
                        Duration.ofSeconds(10))
                .map(String::strip)
                .orElse("unknown");
    }
}
