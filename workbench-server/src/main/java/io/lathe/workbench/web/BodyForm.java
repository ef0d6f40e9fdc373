package io.lathe.workbench.web;

import io.javalin.http.Context;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Refuses bodies in a form that nobody here reads, before anybody tries to. */
public final class BodyForm {
    private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset\\s*=\\s*\"?([^\";]*)\"?");

    private BodyForm() {}

    /** @throws LatheException UNSUPPORTED_MEDIA_TYPE for parts, for text that is not UTF-8, and for what is packed */
    public static void check(Context ctx) {
        String encoding = ctx.header("Content-Encoding");
        if (encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity")) {
            throw refused("Content-Encoding '" + Shown.of(encoding) + "' is not read here; send the body as it is.");
        }
        String type = ctx.header("Content-Type");
        if (type == null) {
            return;
        }
        if (type.strip().toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            throw refused(
                    "Content-Type '" + Shown.of(type)
                            + "' is not read here; send a form as application/x-www-form-urlencoded, and everything else as one body.");
        }
        Matcher charset = CHARSET.matcher(type);
        if (charset.find() && !charset.group(1).strip().equalsIgnoreCase("utf-8")) {
            throw refused("The charset '" + Shown.of(charset.group(1)) + "' is not read here; send UTF-8.");
        }
    }

    private static LatheException refused(String words) {
        return new LatheException(ProblemCode.UNSUPPORTED_MEDIA_TYPE, words);
    }
}
