package io.lathe.serving.openinference;

import io.lathe.datasets.problem.Shown;
import io.lathe.datasets.schema.Feature;
import io.lathe.serving.http.Answer;
import io.lathe.serving.http.StrictJson;
import io.lathe.serving.predict.Output;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The protocol's element types that are served, and which raw columns take them. */
enum Datatype {
    BOOL,
    UINT8(0, 255),
    UINT16(0, 65_535),
    UINT32(0, 4_294_967_295L),
    UINT64(BigInteger.ZERO, BigInteger.TWO.pow(64).subtract(BigInteger.ONE)),
    INT8(Byte.MIN_VALUE, Byte.MAX_VALUE),
    INT16(Short.MIN_VALUE, Short.MAX_VALUE),
    INT32(Integer.MIN_VALUE, Integer.MAX_VALUE),
    INT64(Long.MIN_VALUE, Long.MAX_VALUE),
    FP32,
    FP64,
    BYTES;

    private static final Set<Datatype> WHOLE = Set.of(UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64);

    private final @Nullable BigInteger least;
    private final @Nullable BigInteger most;

    Datatype() {
        this.least = null;
        this.most = null;
    }

    Datatype(long least, long most) {
        this(BigInteger.valueOf(least), BigInteger.valueOf(most));
    }

    Datatype(BigInteger least, BigInteger most) {
        this.least = least;
        this.most = most;
    }

    static Datatype parse(String name) {
        return Arrays.stream(values())
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Answer.badRequest("Datatype '" + Shown.of(name) + "' is not served. Known: "
                        + String.join(
                                ", ", Arrays.stream(values()).map(Enum::name).toList()) + "."));
    }

    /** The type a raw column has in the metadata. */
    static Datatype of(Feature feature) {
        return switch (feature.columnType()) {
            case BOOLEAN -> BOOL;
            case LONG -> INT64;
            case DOUBLE -> FP64;
            case TEXT, DATE, DATE_TIME -> BYTES;
        };
    }

    /** The type an output is sent in. */
    static Datatype of(Output output) {
        return output.isText() ? BYTES : FP64;
    }

    /** Whether a tensor of this type may feed a column of that type: whole numbers may feed FP64, and every width its own kind. */
    boolean feeds(Datatype column) {
        return switch (column) {
            case FP64 -> this == FP64 || this == FP32 || WHOLE.contains(this);
            case INT64 -> WHOLE.contains(this);
            default -> this == column;
        };
    }

    /** The element as a raw value: a FP32 is rounded to the nearest float first. Null is a missing value. */
    @Nullable
    Object element(@Nullable Object value, StrictJson.Place where) {
        return switch (value) {
            case null -> null;
            case Boolean flag when this == BOOL -> flag;
            case String text when this == BYTES -> text;
            case Long whole when WHOLE.contains(this) -> inRange(BigInteger.valueOf(whole), whole, where);
            case BigInteger whole when WHOLE.contains(this) -> inRange(whole, whole, where);
            case Number number when this == FP64 -> number;
            case Number number when this == FP32 -> single(number, where);
            default -> throw Answer.badRequest(where.text() + " is not a value of datatype " + name() + ".");
        };
    }

    private Object inRange(BigInteger exact, Object value, StrictJson.Place where) {
        if (least != null && most != null && (exact.compareTo(least) < 0 || exact.compareTo(most) > 0)) {
            throw Answer.badRequest(where.text() + " is beyond the range of " + name() + ".");
        }
        return value;
    }

    private static Object single(Number number, StrictJson.Place where) {
        float rounded = number.floatValue();
        if (Float.isInfinite(rounded)) {
            throw Answer.badRequest(where.text() + " is beyond the range of FP32 (about 3.4e38).");
        }
        return (double) rounded;
    }
}
