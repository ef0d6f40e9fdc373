package io.lathe.kernel.data;

import io.lathe.datasets.schema.Schema;

/**
 * A schema and what it stands for.
 *
 * @param of       the dataset or version it describes
 * @param schema   the schema
 * @param standing whether the dataset must fit it
 */
public record SchemaView(String of, Schema schema, Standing standing) {

    /** What a schema stands for. */
    public enum Standing {
        /** The dataset must fit it. */
        ACCEPTED,
        /** Suggested by one version's data. */
        INFERRED
    }
}
