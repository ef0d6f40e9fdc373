package io.lathe.datasets.schema;

import java.util.List;

/**
 * What one row lacks.
 *
 * @param errors why it must be refused
 * @param warnings what was ignored: fields the schema does not know
 */
public record RowVerdict(List<Anomaly> errors, List<Anomaly> warnings) {
    public RowVerdict {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
    }

    public boolean isAccepted() {
        return errors.isEmpty();
    }
}
