package io.lathe.serving.openinference;

import io.lathe.datasets.problem.Shown;
import io.lathe.datasets.schema.Feature;
import io.lathe.serving.http.Answer;
import io.lathe.serving.http.StrictJson;
import io.lathe.serving.model.ServedModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns an infer request's columns into rows. */
final class InferRows {

    private InferRows() {}

    /** As many rows as every input has; a tensor no column of the contract asks for goes into the rows as an unknown field. */
    static List<Map<String, @Nullable Object>> of(InferRequest request, ServedModel model) {
        Set<String> names = new HashSet<>();
        int rows = request.inputs().getFirst().rows();
        for (Tensor input : request.inputs()) {
            if (!names.add(input.name())) {
                throw Answer.badRequest("Input '" + Shown.of(input.name()) + "' is sent twice.");
            }
            if (input.rows() != rows) {
                throw Answer.badRequest(
                        "Input '" + Shown.of(input.name()) + "' has " + input.rows() + " rows, but input '"
                                + Shown.of(request.inputs().getFirst().name()) + "' has " + rows + ".");
            }
            model.contract().find(input.name()).ifPresent(feature -> requireFitting(input, feature));
        }
        if (rows == 0) {
            throw Answer.badRequest("The inputs have no rows; send at least one.");
        }
        List<Map<String, @Nullable Object>> all = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            int number = row + 1;
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            for (Tensor input : request.inputs()) {
                StrictJson.Place where = () -> "Row " + number + ": input '" + Shown.of(input.name()) + "'";
                values.put(input.name(), input.datatype().element(input.data().get(row), where));
            }
            all.add(values);
        }
        return all;
    }

    private static void requireFitting(Tensor input, Feature feature) {
        Datatype column = Datatype.of(feature);
        if (!input.datatype().feeds(column)) {
            throw Answer.badRequest("Input '" + Shown.of(input.name()) + "' has datatype " + input.datatype()
                    + ", but the column takes " + column + ".");
        }
    }
}
