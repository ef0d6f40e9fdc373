package io.lathe.workbench.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.http.Context;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.workbench.access.BrowserSession;
import io.lathe.workbench.access.Identity;
import io.lathe.workbench.web.Gate;
import java.util.Optional;

/** Renders pages. Thread-safe. */
public final class Pages {
    private final TemplateEngine engine = TemplateEngine.createPrecompiled(
            null, ContentType.Html, Pages.class.getClassLoader(), "io.lathe.workbench.page.generated");

    private final TypedCommand lathe;

    /** @param lathe how commands to this workbench are typed */
    public Pages(TypedCommand lathe) {
        this.lathe = lathe;
    }

    /** @param template its name below {@code page/}, without the ending */
    void show(Context ctx, String template, Object page) {
        StringOutput html = new StringOutput();
        engine.render("page/" + template + ".jte", page, html);
        ctx.contentType("text/html;charset=utf-8").result(html.toString());
    }

    Frame frame(Context ctx, String title, String here) {
        Optional<BrowserSession> session =
                Gate.identity(ctx) instanceof Identity.Account account ? account.session() : Optional.empty();
        return new Frame(title, here, session.map(BrowserSession::csrf).orElse(""), lathe);
    }

    /** What went wrong, with the way on. */
    public void error(Context ctx, ProblemCode code, String title, String detail) {
        if (code == ProblemCode.UNAUTHENTICATED) {
            show(ctx, "login", LoginPage.none(frame(ctx, "Log in", "")));
        } else {
            ErrorPage.WayOn wayOn = ErrorPage.WayOn.from(ctx.path());
            show(ctx, "error", new ErrorPage(frame(ctx, title, wayOn.section()), title, detail, wayOn));
        }
    }
}
