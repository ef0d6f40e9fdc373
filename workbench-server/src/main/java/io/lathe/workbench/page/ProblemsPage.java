package io.lathe.workbench.page;

import io.lathe.datasets.problem.ProblemCode;
import java.util.List;

/**
 * What the types of problem documents mean.
 *
 * @param kinds one, or all
 */
public record ProblemsPage(Frame frame, List<ProblemCode> kinds) {
    public boolean isOne() {
        return kinds.size() == 1;
    }
}
