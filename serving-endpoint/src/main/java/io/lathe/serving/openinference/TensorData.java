package io.lathe.serving.openinference;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lathe.datasets.problem.LatheException;
import io.lathe.serving.http.Answer;
import io.lathe.serving.http.StrictJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tensor's data, flattened while it is read.
 *
 * @param sizes of the nested lists, outermost first; lists of one level have one size
 */
record TensorData(List<Integer> sizes, List<@Nullable Object> values) {

    private static final int UNKNOWN = -1;

    /** Reads from the list the parser stands on. Lists of unequal length or depth, and more than {@code most} values, are refused. */
    static TensorData read(JsonParser parser, String where, int deepest, int most) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw Answer.badRequest(where + " must be a list, not " + StrictJson.kind(parser) + ".");
        }
        List<Integer> sizes = new ArrayList<>();
        List<@Nullable Object> values = new ArrayList<>();
        level(parser, new Source(where, deepest, most), 0, sizes, values);
        return new TensorData(List.copyOf(sizes), values);
    }

    private record Source(String where, int deepest, int most) {}

    private static void level(
            JsonParser parser, Source source, int depth, List<Integer> sizes, List<@Nullable Object> values)
            throws IOException {
        if (depth == source.deepest()) {
            throw Answer.badRequest(source.where() + " is nested deeper than " + source.deepest() + " lists.");
        }
        boolean first = sizes.size() == depth;
        if (first) {
            sizes.add(UNKNOWN);
        }
        int size = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            boolean nested = parser.currentToken() == JsonToken.START_ARRAY;
            boolean innermost = sizes.size() == depth + 1;
            if (nested == innermost && !(first && size == 0)) {
                throw ragged(source);
            }
            if (nested) {
                level(parser, source, depth + 1, sizes, values);
            } else {
                if (values.size() == source.most()) {
                    throw Answer.badRequest(source.where() + " has more than " + source.most()
                            + " values. Send the rows in several requests.");
                }
                values.add(StrictJson.scalar(parser, () -> source.where() + "[" + values.size() + "]"));
            }
            size++;
        }
        if (sizes.get(depth) == UNKNOWN) {
            sizes.set(depth, size);
        } else if (sizes.get(depth) != size) {
            throw ragged(source);
        }
    }

    private static LatheException ragged(Source source) {
        return Answer.badRequest(source.where() + " is ragged: its nested lists differ in length or depth.");
    }
}
