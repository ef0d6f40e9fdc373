package io.lathe.serving.tensorflow;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a body.
 *
 * @param form how they came, and so how the answer goes back
 */
record Asked(Form form, List<Map<String, @Nullable Object>> rows) {}
