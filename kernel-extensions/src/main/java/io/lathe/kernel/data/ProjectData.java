package io.lathe.kernel.data;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.read.CsvOptions;
import io.lathe.datasets.read.CsvTable;
import io.lathe.datasets.read.MissingToken;
import io.lathe.datasets.store.Content;
import io.lathe.datasets.tables.Tables;
import io.lathe.datasets.version.CommitRequest;
import io.lathe.datasets.version.CommitResult;
import io.lathe.datasets.version.DatasetName;
import io.lathe.datasets.version.Datasets;
import io.lathe.datasets.version.VersionRef;
import io.lathe.kernel.workbench.Workbench;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.Table;

/** The datasets of this kernel's project. Thread-safe. */
public final class ProjectData {

    private final Workbench workbench;

    public ProjectData(Workbench workbench) {
        this.workbench = workbench;
    }

    /** The version this text names: {@code penguins@v1}, {@code penguins@latest}, {@code penguins}. NOT_FOUND. */
    public VersionHandle load(String ref) {
        VersionRef parsed = VersionRef.parse(ref);
        Datasets datasets = workbench.datasets();
        return new VersionHandle(datasets, datasets.load(parsed));
    }

    /** All datasets with all their versions; one that is damaged is named and does not hide the others. */
    public DatasetList list() {
        Datasets datasets = workbench.datasets();
        var readable = new ArrayList<DatasetList.Entry>();
        var damaged = new ArrayList<DatasetList.Damaged>();
        for (DatasetName name : datasets.names()) {
            try {
                readable.add(new DatasetList.Entry(name.value(), datasets.log(name)));
            } catch (LatheException e) {
                if (e.code() == ProblemCode.UNAVAILABLE || e.code() == ProblemCode.UNAUTHENTICATED) {
                    throw e;
                }
                damaged.add(new DatasetList.Damaged(name.value(), String.valueOf(e.getMessage())));
            }
        }
        readable.removeIf(entry -> entry.versions().isEmpty());
        return new DatasetList(readable, damaged);
    }

    /** Commits a table as the dataset's one CSV file. The latest version's content again makes no new version. */
    public CommitReceipt commit(String dataset, Table table, String message) {
        Content csv = Tables.csv(table);
        CommitReceipt receipt = commit(dataset, csv, message);
        return new CommitReceipt(
                receipt.version(), receipt.result(), table.columnCount() == 0 ? List.of() : lost(receipt, csv));
    }

    /** What was a text in the table and is none in the file: a missing cell of a table is written empty. */
    private static List<MissingToken> lost(CommitReceipt receipt, Content csv) {
        CsvOptions options = receipt.version()
                .acceptedSchema()
                .map(schema -> schema.reading(CsvOptions.defaults()))
                .orElse(CsvOptions.defaults());
        return CsvTable.open(csv, options).report().missing().stream()
                .filter(missing -> !missing.token().isEmpty())
                .toList();
    }

    /** Commits content as the dataset's one CSV file. */
    public CommitReceipt commit(String dataset, Content csv, String message) {
        DatasetName name = new DatasetName(dataset);
        Datasets datasets = workbench.datasets();
        String project = workbench.findProjectName().orElse("");
        CommitResult result = datasets.commit(new CommitRequest(
                name,
                Map.of(name.value() + ".csv", csv),
                message,
                project.isEmpty() ? "notebook" : project,
                project.isEmpty() ? "a notebook" : "a notebook of project " + project,
                ""));
        return new CommitReceipt(new VersionHandle(datasets, result.version()), result, List.of());
    }

    /** The references of all versions, newest first in each dataset. */
    public List<String> refs() {
        return list().datasets().stream()
                .flatMap(entry -> entry.versions().reversed().stream())
                .map(version -> version.ref().toString())
                .toList();
    }
}
