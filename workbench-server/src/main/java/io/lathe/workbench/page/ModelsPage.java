package io.lathe.workbench.page;

import java.util.List;

/** All models. */
public record ModelsPage(Frame frame, Pager pager, List<HomePage.ModelRow> models) {}
