package io.lathe.workbench.page;

import io.javalin.http.Context;
import io.lathe.datasets.statistics.DatasetStatistics;
import io.lathe.datasets.version.DatasetVersion;
import io.lathe.workbench.profile.Answer;
import io.lathe.workbench.profile.Profiles;
import java.util.ArrayList;
import java.util.List;

/** Puts together the page that compares two versions, once the statistics of both are there. Thread-safe. */
final class CompareView {
    private static final int COLUMNS = 24;

    private final Profiles profiles;

    CompareView(Profiles profiles) {
        this.profiles = profiles;
    }

    ComparePage of(Context ctx, Frame frame, DatasetVersion left, DatasetVersion right, List<Integer> numbers) {
        Answer<DatasetStatistics> before = profiles.statistics(left);
        Answer<DatasetStatistics> after = profiles.statistics(right);
        String name = left.dataset().value();
        if (before instanceof Answer.Ready<DatasetStatistics>(var one)
                && after instanceof Answer.Ready<DatasetStatistics>(var other)) {
            List<Comparison.Both> columns = Comparison.columns(one, other);
            Pager.Part<Comparison.Both> part =
                    Pager.of(ctx, "/datasets/" + name + "/compare", columns, COLUMNS, Comparison.Both::name);
            return new ComparePage(
                    frame,
                    name,
                    left.number(),
                    right.number(),
                    numbers,
                    List.of(),
                    "",
                    Comparison.summary(one, other, columns),
                    part.pager().with("from=" + left.number() + "&to=" + right.number()),
                    part.entries().stream()
                            .map(column -> Comparison.column(column, one, other))
                            .toList());
        }
        List<StatisticsPanel.Progress> progress = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        for (Answer<DatasetStatistics> answer : List.of(before, after)) {
            switch (answer) {
                case Answer.Running<DatasetStatistics> running -> progress.add(StatisticsView.progress(running));
                case Answer.Failed<DatasetStatistics>(var why) -> errors.add(why);
                case Answer.Ready<DatasetStatistics> ready -> {}
            }
        }
        return new ComparePage(
                frame,
                name,
                left.number(),
                right.number(),
                numbers,
                errors.isEmpty() ? progress : List.of(),
                String.join(" ", errors),
                List.of(),
                Pager.of(ctx, "/datasets/" + name + "/compare", List.<String>of(), COLUMNS, each -> each)
                        .pager(),
                List.of());
    }
}
