package io.lathe.kernel.magic;

import io.lathe.datasets.schema.SchemaText;
import io.lathe.kernel.data.ProjectData;
import io.lathe.kernel.data.SchemaView;
import io.lathe.kernel.data.SchemaView.Standing;
import io.lathe.kernel.data.VersionHandle;
import java.util.List;

/** {@code %schema}: shows, accepts and checks the schema of a dataset. */
final class SchemaMagic implements Magic {

    private static final Usage USAGE = new Usage(
            "schema",
            "shows, accepts and checks a dataset's schema",
            Ordered.map(
                    "%schema penguins@v1", "show the accepted schema, else the one inferred from this version",
                    "%schema penguins@v1 --check", "compare this version with the accepted schema",
                    "%schema penguins@v1 --accept", "accept the schema inferred from this version",
                    "%%schema penguins",
                            "accept the schema written in the cell below it (text of TensorFlow Metadata)"),
            Ordered.map(
                    "check", "report what this version breaks",
                    "accept", "make the inferred schema the dataset's",
                    "reason", "=why it is accepted"),
            "Lathe.data(\"penguins@v1\").schema()\nLathe.data(\"penguins@v1\").check()");

    private final ProjectData data;

    SchemaMagic(ProjectData data) {
        this.data = data;
    }

    @Override
    public Usage usage() {
        return USAGE;
    }

    @Override
    public Object line(List<String> args) {
        Usage.Call call = USAGE.parse(args);
        VersionHandle version = data.load(one(call));
        if (call.has("accept")) {
            return version.acceptSchema(
                    version.inferredSchema(), call.find("reason").orElse("Inferred from " + version.ref()));
        }
        if (call.has("check")) {
            return version.check();
        }
        return version.acceptedSchema()
                .map(schema -> new SchemaView(version.version().dataset().value(), schema, Standing.ACCEPTED))
                .orElseGet(() -> new SchemaView(version.ref(), version.inferredSchema(), Standing.INFERRED));
    }

    @Override
    public Object cell(List<String> args, String body) {
        Usage.Call call = USAGE.parse(args);
        return data.load(one(call))
                .acceptSchema(SchemaText.parse(body), call.find("reason").orElse("Written in a notebook"));
    }

    private static String one(Usage.Call call) {
        if (call.words().size() != 1) {
            throw USAGE.wrong("%schema takes one dataset version.");
        }
        return call.words().getFirst();
    }
}
