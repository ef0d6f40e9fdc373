package io.lathe.kernel.plot;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Java values as JSON values: what JSON has no word for becomes null or text. */
final class JsonValues {

    private JsonValues() {}

    static @Nullable Object of(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Double d -> Double.isFinite(d) ? d : null;
            case Float f -> Float.isFinite(f) ? f : null;
            case Integer _, Long _, Short _, Byte _, BigInteger _, BigDecimal _, Boolean _ -> value;
            default -> value.toString();
        };
    }
}
