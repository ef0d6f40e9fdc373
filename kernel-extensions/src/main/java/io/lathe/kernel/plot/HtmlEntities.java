package io.lathe.kernel.plot;

/** Undoes the HTML escaping that Tablesaw's templates apply to names and titles. */
final class HtmlEntities {

    private HtmlEntities() {}

    static String decode(String text) {
        if (text.indexOf('&') < 0) {
            return text;
        }
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }
}
