package io.lathe.workbench.page;

import io.javalin.http.Context;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import io.lathe.datasets.schema.Schema;
import io.lathe.datasets.version.Acceptance;
import io.lathe.datasets.version.DatasetFile;
import io.lathe.datasets.version.DatasetName;
import io.lathe.datasets.version.DatasetVersion;
import io.lathe.datasets.version.Datasets;
import io.lathe.datasets.version.Selector;
import io.lathe.datasets.version.VersionRef;
import io.lathe.workbench.profile.Profiles;
import io.lathe.workbench.registry.DatasetUse;
import io.lathe.workbench.registry.Models;
import io.lathe.workbench.store.ProjectStoreRights;
import io.lathe.workbench.web.Gate;
import io.lathe.workbench.web.SeeOther;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Datasets: their versions, schemas and statistics. */
public final class DatasetPageRoutes {
    private static final int DATASETS = 50;
    private static final int VERSIONS = 25;
    private static final int MOST_CHOICES = 500;
    private static final int MOST_FILES = 200;
    private static final String HERE = "datasets";

    private final Pages pages;
    private final Datasets datasets;
    private final ProjectStoreRights rights;
    private final Models models;
    private final Profiles profiles;
    private final DatasetRows rows;
    private final StatisticsView statistics;
    private final CompareView compare;

    public DatasetPageRoutes(
            Pages pages, Datasets datasets, ProjectStoreRights rights, Models models, Profiles profiles) {
        this.pages = pages;
        this.datasets = datasets;
        this.rights = rights;
        this.models = models;
        this.profiles = profiles;
        this.rows = new DatasetRows(datasets);
        this.statistics = new StatisticsView(datasets, profiles);
        this.compare = new CompareView(profiles);
    }

    public void list(Context ctx) {
        List<DatasetName> names = rights.datasets(Gate.account(ctx).accountId());
        Pager.Part<DatasetName> part = Pager.of(ctx, "/datasets", names, DATASETS, DatasetName::value);
        pages.show(
                ctx,
                "datasets",
                new DatasetsPage(
                        pages.frame(ctx, "Datasets", HERE),
                        part.pager(),
                        part.entries().stream().map(rows::row).toList()));
    }

    public void show(Context ctx) {
        DatasetName name = name(ctx);
        Frame frame = pages.frame(ctx, name.value(), HERE);
        try {
            pages.show(ctx, "dataset", page(ctx, frame, name));
        } catch (LatheException e) {
            if (e.code() != ProblemCode.INTERNAL) {
                throw e;
            }
            // Its reference or schema is damaged; that is a state of the dataset, not of this page.
            pages.show(
                    ctx.status(e.code().httpStatus()),
                    "dataset",
                    new DatasetPage(
                            frame,
                            name.value(),
                            String.valueOf(e.getMessage()),
                            0,
                            List.of(),
                            Pager.of(ctx, "/datasets/" + name, List.<Integer>of(), VERSIONS, String::valueOf)
                                    .pager(),
                            List.of(),
                            List.of(),
                            0));
        }
    }

    private DatasetPage page(Context ctx, Frame frame, DatasetName name) {
        int newest = datasets.count(name);
        requireVersions(name, newest);
        List<Integer> numbers = newestFirst(newest);
        Pager.Part<Integer> part = Pager.of(ctx, "/datasets/" + name, numbers, VERSIONS, number -> "v" + number);
        List<DatasetUse> uses = models.uses(Gate.account(ctx).accountId(), name.value());
        List<Acceptance> acceptances = datasets.acceptances(name);
        Map<String, Integer> tags = datasets.tags(name);
        return new DatasetPage(
                frame,
                name.value(),
                "",
                newest,
                part.entries().stream()
                        .map(number ->
                                rows.version(name, number, tagsOf(number, tags), Uses.of(uses, name + "@v" + number)))
                        .toList(),
                part.pager(),
                numbers.stream().limit(MOST_CHOICES).toList(),
                acceptances.isEmpty()
                        ? List.of()
                        : SchemaView.of(datasets.schema(acceptances.getLast()), Optional.empty()),
                acceptances.size());
    }

    /** Refuses a dataset without versions, naming those there are. */
    private void requireVersions(DatasetName name, int count) {
        if (count == 0) {
            datasets.load(new VersionRef(name, new Selector.Latest()));
        }
    }

    /** {@code count} to 1. */
    private static List<Integer> newestFirst(int count) {
        return IntStream.range(0, count).mapToObj(i -> count - i).toList();
    }

    private static List<String> tagsOf(int number, Map<String, Integer> tags) {
        return tags.entrySet().stream()
                .filter(tag -> tag.getValue() == number)
                .map(Map.Entry::getKey)
                .toList();
    }

    public void version(Context ctx) {
        DatasetVersion version = loadVersion(ctx);
        DatasetName name = version.dataset();
        Frame frame = pages.frame(ctx, name + "@v" + version.number(), HERE);
        List<DatasetUse> uses = models.uses(Gate.account(ctx).accountId(), name.value());
        pages.show(
                ctx,
                "datasetVersion",
                new DatasetVersionPage(
                        frame,
                        name.value(),
                        version.number(),
                        version.id(),
                        When.of(version.createdAt()),
                        version.author(),
                        version.message(),
                        version.source(),
                        version.reason(),
                        DatasetRows.content(version),
                        tagsOf(version.number(), datasets.tags(name)),
                        Uses.of(uses, name + "@v" + version.number()),
                        version.files().stream()
                                .limit(MOST_FILES)
                                .map(DatasetPageRoutes::file)
                                .toList(),
                        Math.max(0, version.files().size() - MOST_FILES),
                        version.number() - 1,
                        statistics.of(ctx, version, frame.csrf())));
    }

    private static DatasetVersionPage.File file(DatasetFile file) {
        return new DatasetVersionPage.File(
                file.path(), Figures.bytes(file.bytes()), file.sha256().substring(0, 12));
    }

    /** The part of a version's page that changes, fetched by the page while statistics are being computed. */
    public void statistics(Context ctx) {
        pages.show(
                ctx,
                "statistics",
                statistics.of(ctx, loadVersion(ctx), pages.frame(ctx, "", "").csrf()));
    }

    /** Computes what failed once more. */
    public void again(Context ctx) {
        DatasetVersion version = loadVersion(ctx);
        profiles.again(version);
        SeeOther.to(ctx, "/datasets/" + version.dataset() + "/versions/" + version.number());
    }

    public void schema(Context ctx) {
        DatasetName name = name(ctx);
        List<Acceptance> acceptances = datasets.acceptances(name);
        requireVersions(name, datasets.count(name));
        int shown = acceptances.isEmpty()
                ? 0
                : Math.clamp(number(ctx.queryParam("at"), acceptances.size()), 1, acceptances.size());
        Optional<Schema> before =
                shown < 2 ? Optional.empty() : Optional.of(datasets.schema(acceptances.get(shown - 2)));
        pages.show(
                ctx,
                "schema",
                new SchemaPage(
                        pages.frame(ctx, "Schema of " + name, HERE),
                        name.value(),
                        newestFirst(acceptances.size()).stream()
                                .map(number -> accepted(number, acceptances.get(number - 1)))
                                .toList(),
                        shown,
                        shown == 0 ? List.of() : SchemaView.of(datasets.schema(acceptances.get(shown - 1)), before)));
    }

    private static SchemaPage.Accepted accepted(int number, Acceptance acceptance) {
        return new SchemaPage.Accepted(number, When.of(acceptance.at()), acceptance.author(), acceptance.reason());
    }

    public void compare(Context ctx) {
        DatasetName name = name(ctx);
        DatasetVersion newest = datasets.load(new VersionRef(name, new Selector.Latest()));
        int right = number(ctx.queryParam("to"), newest.number());
        int left = number(ctx.queryParam("from"), Math.max(1, right - 1));
        List<Integer> numbers =
                newestFirst(newest.number()).stream().limit(MOST_CHOICES).toList();
        pages.show(
                ctx,
                "compare",
                compare.of(
                        ctx,
                        pages.frame(ctx, name + " v" + left + " and v" + right, HERE),
                        datasets.load(new VersionRef(name, new Selector.Version(left))),
                        datasets.load(new VersionRef(name, new Selector.Version(right))),
                        numbers));
    }

    private DatasetVersion loadVersion(Context ctx) {
        DatasetName name = name(ctx);
        String asked = ctx.pathParam("version");
        int number = number(asked, 0);
        if (number < 1) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "'" + Shown.of(asked) + "' is not the number of a version; choose one on the page of the dataset.");
        }
        return datasets.load(new VersionRef(name, new Selector.Version(number)));
    }

    private DatasetName name(Context ctx) {
        DatasetName name = new DatasetName(ctx.pathParam("name"));
        rights.requireDataset(Gate.account(ctx).accountId(), name);
        return name;
    }

    private static int number(@Nullable String text, int otherwise) {
        return text != null && text.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(text) : otherwise;
    }
}
