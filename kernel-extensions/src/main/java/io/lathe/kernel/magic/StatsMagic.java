package io.lathe.kernel.magic;

import io.lathe.kernel.data.ProjectData;
import io.lathe.kernel.data.VersionHandle;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** {@code %stats}: the profile of a version as a table, with its columns' shapes as one figure above it. */
final class StatsMagic implements Magic {

    private static final Usage USAGE = new Usage(
            "stats",
            "shows the statistics of a dataset version",
            Ordered.map(
                    "%stats penguins@v1", "histograms, and a table of counts, ranges, quantiles and frequent values"),
            Map.of("no-plots", "the table only"),
            "Lathe.data(\"penguins@v1\").statistics()\nLathe.data(\"penguins@v1\").histograms()");

    private final ProjectData data;
    private final Consumer<Object> display;

    StatsMagic(ProjectData data, Consumer<Object> display) {
        this.data = data;
        this.display = display;
    }

    @Override
    public Usage usage() {
        return USAGE;
    }

    @Override
    public Object line(List<String> args) {
        Usage.Call call = USAGE.parse(args);
        if (call.words().size() != 1) {
            throw USAGE.wrong("%stats takes one dataset version.");
        }
        VersionHandle version = data.load(call.words().getFirst());
        if (!call.has("no-plots")) {
            display.accept(version.histograms());
        }
        return version.statistics();
    }
}
