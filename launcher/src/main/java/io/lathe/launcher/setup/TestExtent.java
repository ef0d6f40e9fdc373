package io.lathe.launcher.setup;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which of the tests run: what JUnit's tags {@code slow} and {@code scale} leave out or choose, and how long Maven may take over it. */
enum TestExtent {
    /** Without what starts JupyterLab, kernels or a browser. */
    FAST(Duration.ofMinutes(20), "-Dtest.excluded.groups=slow,scale"),
    /** All but the tests at scale. */
    FULL(Duration.ofHours(1), "-Dtest.excluded.groups=scale"),
    /** Only the tests at scale: long ones, whose outcome is kept. */
    SCALE(Duration.ofHours(4), "-Dtest.groups=scale -Dtest.excluded.groups=");

    private final Duration deadline;
    private final String options;

    TestExtent(Duration deadline, String options) {
        this.deadline = deadline;
        this.options = options;
    }

    /** The extent that is meant by the words after {@code test}. */
    static Optional<TestExtent> of(List<String> words) {
        if (words.isEmpty()) {
            return Optional.of(FULL);
        }
        return Arrays.stream(values())
                .filter(extent -> extent != FULL)
                .filter(extent -> words.equals(List.of(extent.name().toLowerCase(Locale.ROOT))))
                .findFirst();
    }

    Duration deadline() {
        return deadline;
    }

    /** What Maven is told. */
    List<String> options() {
        return List.of(options.split(" "));
    }
}
