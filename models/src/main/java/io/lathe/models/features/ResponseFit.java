package io.lathe.models.features;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tribuo.Output;
import org.tribuo.classification.Label;
import org.tribuo.regression.Regressor;

/** What is learnt of the response while training rows go by. Used by one thread. */
interface ResponseFit<T extends Output<T>> {
    void observe(@Nullable Object value);

    /** Asked after at least one row. */
    Response<T> fitted();

    static ResponseFit<Label> labels(String column) {
        Set<String> labels = new TreeSet<>();
        return new ResponseFit<>() {
            @Override
            public void observe(@Nullable Object value) {
                labels.add(Response.Labels.label(column, value));
            }

            @Override
            public Response<Label> fitted() {
                return new Response.Labels(column, List.copyOf(labels));
            }
        };
    }

    static ResponseFit<Regressor> numbers(String column) {
        Response.Numbers response = new Response.Numbers(column);
        return new ResponseFit<>() {
            @Override
            public void observe(@Nullable Object value) {
                response.number(value);
            }

            @Override
            public Response<Regressor> fitted() {
                return response;
            }
        };
    }
}
