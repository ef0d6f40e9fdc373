package io.lathe.models.tribuo;

import com.google.protobuf.CodedInputStream;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.io.IOException;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.protos.core.ModelProto;

/**
 * A model as Tribuo's protobuf, the only form this project reads or writes: Java serialization can run code, and
 * so can Tribuo's own loader, which loads classes by the names found in the file. Therefore a file is first walked completely
 * as data ({@link ModelFileInspection}), and only one whose every name and payload is on {@link AllowedClasses the list} reaches
 * that loader. Thread-safe.
 */
public final class TribuoModelFile {
    /** The largest model file that is opened, in bytes. */
    public static final int MAX_BYTES = 64 << 20;

    private static final int MAX_DEPTH = 64;

    private TribuoModelFile() {}

    /**
     * The file of {@code model}.
     *
     * @throws LatheException {@code bad-request} when {@link #open} would refuse the file, with the same message
     */
    public static byte[] write(Model<?> model) {
        ModelProto proto;
        try {
            proto = model.serialize();
        } catch (RuntimeException e) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "The model %s can't be written as a model file: Tribuo has no protobuf form of it. Train another kind of model."
                            .formatted(model.getName()),
                    e);
        }
        if (proto.getSerializedSize() > MAX_BYTES) {
            throw tooLarge(proto.getSerializedSize());
        }
        ModelFileInspection.check(proto);
        return proto.toByteArray();
    }

    /**
     * The model in {@code file}, which may be hostile.
     *
     * @param answers what it must answer
     * @throws LatheException {@code bad-request} when the file is too large, not a model file, names a class that isn't allowed,
     *     carries anything that isn't understood, or doesn't give such answers; no class was loaded by name before the whole file passed
     */
    public static <T extends Output<T>> Model<T> open(byte[] file, Class<T> answers) {
        if (file.length > MAX_BYTES) {
            throw tooLarge(file.length);
        }
        ModelProto proto = parse(file);
        ModelFileInspection.check(proto);
        try {
            return Model.deserialize(proto).castModel(answers);
        } catch (RuntimeException | StackOverflowError e) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "The model file is damaged: its parts don't make a model that answers a %s (%s)."
                            .formatted(answers.getSimpleName(), e.getClass().getSimpleName()),
                    e);
        }
    }

    private static ModelProto parse(byte[] file) {
        try {
            CodedInputStream input = CodedInputStream.newInstance(file);
            input.setRecursionLimit(MAX_DEPTH);
            ModelProto proto = ModelProto.parseFrom(input);
            input.checkLastTagWas(0);
            return proto;
        } catch (IOException e) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "The model file is not a Tribuo model in protobuf form, or it is cut short. Publish the model again.",
                    e);
        }
    }

    private static LatheException tooLarge(long bytes) {
        return new LatheException(
                ProblemCode.TOO_LARGE,
                "The model file has %d bytes; at most %d are allowed.".formatted(bytes, MAX_BYTES));
    }
}
