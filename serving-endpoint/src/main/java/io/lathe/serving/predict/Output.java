package io.lathe.serving.predict;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lathe.models.ModelKind;
import io.lathe.models.predict.RowPrediction;
import io.lathe.serving.model.ServedModel;
import java.io.IOException;
import java.util.List;

/** One named output of a model, in both protocols: a value, or a list of k values, for each row. */
public enum Output {
    /** The most probable label: a text. */
    LABEL("label", Type.TEXT) {
        @Override
        public void write(JsonGenerator json, RowPrediction.Predicted row) throws IOException {
            json.writeString(((RowPrediction.Labelled) row).label());
        }
    },
    /** One double for each label, in the order of metadata's labels. */
    PROBABILITIES("probabilities", Type.NUMBERS) {
        @Override
        public void write(JsonGenerator json, RowPrediction.Predicted row) throws IOException {
            for (double probability : ((RowPrediction.Labelled) row).probabilities()) {
                json.writeNumber(probability);
            }
        }
    },
    /** A double, in the response's unit. */
    PREDICTION("prediction", Type.NUMBER) {
        @Override
        public void write(JsonGenerator json, RowPrediction.Predicted row) throws IOException {
            json.writeNumber(((RowPrediction.Estimated) row).value());
        }
    };

    private static final List<Output> OF_LABELS = List.of(LABEL, PROBABILITIES);
    private static final List<Output> OF_NUMBERS = List.of(PREDICTION);

    private enum Type {
        TEXT,
        NUMBER,
        NUMBERS
    }

    private final String wireName;
    private final Type type;

    Output(String wireName, Type type) {
        this.wireName = wireName;
        this.type = type;
    }

    /** The outputs a kind of model has, in the order they are sent. */
    public static List<Output> of(ModelKind kind) {
        return switch (kind) {
            case CLASSIFICATION -> OF_LABELS;
            case REGRESSION -> OF_NUMBERS;
        };
    }

    public String wireName() {
        return wireName;
    }

    public boolean isText() {
        return type == Type.TEXT;
    }

    /** Whether each row has a list of values, one for each label. */
    public boolean isList() {
        return type == Type.NUMBERS;
    }

    /** The sizes of one row's value: none, or k. */
    public int[] rowShape(ServedModel model) {
        return isList() ? new int[] {model.labels().size()} : new int[0];
    }

    /** Writes one row's value or values, without brackets. */
    public abstract void write(JsonGenerator json, RowPrediction.Predicted row) throws IOException;
}
