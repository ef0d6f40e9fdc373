package io.lathe.models.publish;

import io.lathe.models.bundle.Bundle;

/**
 * A bundle that has passed its own check.
 *
 * @param bundle it, as read back
 * @param zip its bytes, to be uploaded; not to be written to
 */
@SuppressWarnings("ArrayRecordComponent") // up to 64 MiB that are handed on, never compared or copied
public record BuiltBundle(Bundle bundle, byte[] zip) {}
