package io.lathe.kernel.data;

import io.lathe.datasets.schema.Anomaly;
import java.util.List;

/**
 * What a version breaks of its dataset's schema.
 *
 * @param version   which version
 * @param checked   whether there was a schema to check against
 * @param anomalies what is broken, errors and warnings
 */
public record CheckReport(String version, Basis checked, List<Anomaly> anomalies) {

    /** What the version was compared with. */
    public enum Basis {
        ACCEPTED_SCHEMA,
        NO_SCHEMA
    }

    public CheckReport {
        anomalies = List.copyOf(anomalies);
    }

    static CheckReport of(String version, List<Anomaly> anomalies) {
        return new CheckReport(version, Basis.ACCEPTED_SCHEMA, anomalies);
    }

    static CheckReport withoutSchema(String version) {
        return new CheckReport(version, Basis.NO_SCHEMA, List.of());
    }
}
