package io.lathe.models.predict;

import io.lathe.models.ModelKind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one kind of model does with a row that fits the contract. Thread-safe. */
sealed interface Answering permits LabelAnswering, NumberAnswering {
    ModelKind kind();

    /** The labels of its answers, sorted; none for numbers. */
    List<String> labels();

    /** Throws whatever Tribuo throws. */
    RowPrediction answer(Map<String, @Nullable Object> row, List<String> warnings);
}
