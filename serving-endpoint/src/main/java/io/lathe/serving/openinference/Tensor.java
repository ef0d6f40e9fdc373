package io.lathe.serving.openinference;

import io.lathe.datasets.problem.Shown;
import io.lathe.serving.http.Answer;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One input as it came.
 *
 * @param shape as declared
 * @param found the sizes of the nested lists the data came in, outermost first; one size when it came flat
 * @param data flat, row-major; Long, BigInteger, Double, Boolean, String or null
 */
record Tensor(String name, Datatype datatype, List<Long> shape, List<Integer> found, List<@Nullable Object> data) {

    Tensor {
        shape = List.copyOf(shape);
        found = List.copyOf(found);
        // List.copyOf would refuse the nulls that stand for missing values.
        data = Collections.unmodifiableList(data);
    }

    /** Checks that shape and data fit each other, and that the shape is a column's: [n] or [n,1]. Answers n. */
    int rows() {
        String what = "Input '" + Shown.of(name) + "'";
        long elements = 1;
        for (long size : shape) {
            if (size < 0) {
                throw Answer.badRequest(what + " has the shape " + shape + "; a request's sizes must not be negative.");
            }
            try {
                elements = Math.multiplyExact(elements, size);
            } catch (ArithmeticException e) {
                throw Answer.badRequest(
                        what + " has the shape " + shape + ", which is more elements than can be counted; send fewer.");
            }
        }
        if (elements != data.size()) {
            throw Answer.badRequest(what + " has the shape " + shape + ", which is " + elements + " elements, but "
                    + data.size() + " in data.");
        }
        if (found.size() > 1
                && !shape.equals(found.stream().map(Integer::longValue).toList())) {
            throw Answer.badRequest(what + " has the shape " + shape + ", but its data is nested as " + found
                    + ". Nest it so, or send it flat.");
        }
        boolean column = shape.size() == 1 || (shape.size() == 2 && shape.get(1) == 1);
        if (!column) {
            throw Answer.badRequest(
                    what + " has the shape " + shape
                            + "; each input must be one column, of shape [n] or [n,1]. The model's metadata lists its columns.");
        }
        return Math.toIntExact(shape.get(0));
    }
}
