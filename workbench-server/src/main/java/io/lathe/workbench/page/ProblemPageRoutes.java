package io.lathe.workbench.page;

import io.javalin.http.Context;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.Nearest;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import java.util.Arrays;
import java.util.List;

/** The pages that the types of problem documents lead to (RFC 9457, 3.1.1). */
public final class ProblemPageRoutes {
    private final Pages pages;

    public ProblemPageRoutes(Pages pages) {
        this.pages = pages;
    }

    public void list(Context ctx) {
        pages.show(ctx, "problems", new ProblemsPage(pages.frame(ctx, "Problems", ""), List.of(ProblemCode.values())));
    }

    public void show(Context ctx) {
        String name = ctx.pathParam("kind");
        ProblemCode code = Arrays.stream(ProblemCode.values())
                .filter(each -> each.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name));
        pages.show(ctx, "problems", new ProblemsPage(pages.frame(ctx, code.title(), ""), List.of(code)));
    }

    private static LatheException unknown(String name) {
        List<String> known =
                Arrays.stream(ProblemCode.values()).map(ProblemCode::wireName).toList();
        return new LatheException(
                ProblemCode.NOT_FOUND,
                "There is no kind of problem '" + Shown.of(name) + "'." + Nearest.hint(name, known)
                        + " /problems lists all.");
    }
}
