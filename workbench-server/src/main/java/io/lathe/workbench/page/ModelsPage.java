package io.lathe.workbench.page;

import java.util.List;

/** All models. */
public record ModelsPage(Frame frame, List<HomePage.ModelRow> models) {}
