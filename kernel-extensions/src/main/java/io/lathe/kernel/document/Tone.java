package io.lathe.kernel.document;

/** How loud a piece of text is. The colour comes from the page's theme. */
public enum Tone {
    NORMAL("inherit"),
    QUIET("var(--jp-ui-font-color2, #757575)"),
    GOOD("var(--jp-success-color1, #388e3c)"),
    WARNING("var(--jp-warn-color1, #b26a00)"),
    BAD("var(--jp-error-color1, #d32f2f)");

    private final String color;

    Tone(String color) {
        this.color = color;
    }

    String color() {
        return color;
    }
}
