package io.lathe.kernel.magic;

import io.lathe.datasets.store.Content;
import io.lathe.kernel.data.ProjectData;
import io.lathe.kernel.data.VersionHandle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** {@code %data}: lists datasets, shows versions, loads tables, commits small files written in the notebook. */
final class DataMagic implements Magic {

    private static final Usage USAGE = new Usage(
            "data",
            "lists, shows, loads and commits dataset versions",
            Ordered.map(
                    "%data", "list the datasets of this project",
                    "%data penguins@v1", "show a version: files, message, where it came from",
                    "%data penguins@v1 --table", "its table; Table t = %data penguins@v1 --table keeps it",
                    "%data penguins@v1 --table species sex", "only these columns",
                    "%%data colours", "commit the cell below it, CSV with a header, as dataset colours"),
            Map.of(
                    "table",
                    "load the version's CSV file as a Tablesaw table",
                    "message",
                    "=what changed (with %%data)"),
            "Lathe.datasets()\nLathe.data(\"penguins@v1\").table()\nLathe.commit(\"colours\", table, \"what changed\")");

    private final ProjectData data;

    DataMagic(ProjectData data) {
        this.data = data;
    }

    @Override
    public Usage usage() {
        return USAGE;
    }

    @Override
    public Object line(List<String> args) {
        Usage.Call call = USAGE.parse(args);
        if (call.words().isEmpty()) {
            return data.list();
        }
        VersionHandle version = data.load(call.words().getFirst());
        List<String> columns = call.words().subList(1, call.words().size());
        if (call.has("table")) {
            return columns.isEmpty() ? version.table() : version.table(columns.toArray(String[]::new));
        }
        if (!columns.isEmpty()) {
            throw USAGE.wrong("%data takes one version, not " + call.words() + "; columns go with --table.");
        }
        return version;
    }

    @Override
    public Object cell(List<String> args, String body) {
        Usage.Call call = USAGE.parse(args);
        if (call.words().size() != 1) {
            throw USAGE.wrong("%%data takes the name of one dataset.");
        }
        String csv = body.endsWith("\n") ? body : body + "\n";
        return data.commit(
                call.words().getFirst(),
                Content.of(csv.getBytes(StandardCharsets.UTF_8)),
                call.find("message").orElse("Written in a notebook"));
    }
}
