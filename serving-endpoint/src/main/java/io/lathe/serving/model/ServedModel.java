package io.lathe.serving.model;

import io.lathe.datasets.schema.Schema;
import io.lathe.models.ModelKind;
import io.lathe.models.predict.RowPrediction;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model in memory that answers raw rows. Thread-safe until closed. */
public interface ServedModel extends AutoCloseable {

    /** What a raw row must look like: the features of environment SERVING. */
    Schema contract();

    /** What it answers. */
    ModelKind kind();

    /** The labels in the order of every prediction's probabilities; none for numbers. */
    List<String> labels();

    /** One prediction per row, in the rows' order; a row that breaks the contract is refused, never guessed. */
    List<RowPrediction> predict(List<Map<String, @Nullable Object>> rows);

    @Override
    void close();
}
