package io.lathe.workbench.event;

import java.util.UUID;
import java.util.regex.Pattern;

/** The name of one job and of its event log: a lower-case UUID. */
public record JobId(String value) {
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    public JobId {
        if (!UUID_TEXT.matcher(value).matches()) {
            throw new IllegalArgumentException("Not a job id: '" + value + "'");
        }
    }

    public static JobId fresh() {
        return new JobId(UUID.randomUUID().toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
