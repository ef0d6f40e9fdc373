package io.lathe.workbench.page;

/** Something that did not work. */
public record ErrorPage(Frame frame, String title, String detail) {}
