package io.lathe.models.evaluation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lathe.models.json.JsonFields;

/** An estimate with its 95 % interval. The bounds are NaN where nothing can be said. */
public record Interval(double estimate, double low, double high) {
    /** Writes itself into the fields {@code difference}, {@code low} and {@code high}; NaN is {@code null}. */
    void writeTo(ObjectNode node) {
        node.set("difference", JsonFields.numberNode(estimate));
        node.set("low", JsonFields.numberNode(low));
        node.set("high", JsonFields.numberNode(high));
    }
}
