package io.lathe.models.tribuo;

import com.google.protobuf.Any;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.RootProvenanceProto;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.tribuo.math.protos.DenseTensorProto;
import org.tribuo.math.protos.SparseTensorProto;
import org.tribuo.protos.core.ModelProto;

/**
 * The walk over a parsed model file before Tribuo sees it. Tribuo nests parts as (class name, version, {@code Any}): every class
 * name must be allowed, every {@code Any} must hold exactly the message its class writes, and is walked in turn. A field this
 * version doesn't know is refused, because what isn't understood can't be judged.
 */
final class ModelFileInspection {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_MESSAGES = 5_000_000;

    private int messages;

    private ModelFileInspection() {}

    /** @throws LatheException {@code bad-request} naming the first part that isn't allowed */
    static void check(ModelProto model) {
        if (!AllowedClasses.isModel(model.getClassName())) {
            throw foreign(model.getClassName());
        }
        new ModelFileInspection().walk(model, 0);
    }

    private void walk(Message message, int depth) {
        if (depth > MAX_DEPTH || ++messages > MAX_MESSAGES) {
            throw refused("it is nested too deeply or has too many parts.");
        }
        if (!message.getUnknownFields().asMap().isEmpty()) {
            throw refused("its part %s has fields that are not known."
                    .formatted(message.getDescriptorForType().getFullName()));
        }
        if (message instanceof RootProvenanceProto provenance) {
            ProvenanceInspection.check(provenance);
            return;
        }
        if (message instanceof DenseTensorProto tensor) {
            checkSize(tensor);
        }
        if (message instanceof SparseTensorProto tensor) {
            checkSize(tensor);
        }
        FieldDescriptor className = message.getDescriptorForType().findFieldByName("class_name");
        if (className != null) {
            walkPart((String) message.getField(className), message, depth);
            return;
        }
        if (message instanceof Any) {
            throw refused("it carries data outside any known part.");
        }
        message.getAllFields().forEach((field, value) -> walkField(field, value, depth));
    }

    /** Tribuo multiplies the dimensions as ints and allocates by them. */
    private static void checkSize(DenseTensorProto tensor) {
        long elements = 1;
        for (int dimension : tensor.getDimensionsList()) {
            elements *= Math.max(dimension, 0);
            if (elements > TribuoModelFile.MAX_BYTES) {
                break;
            }
        }
        if (elements * Double.BYTES != tensor.getValues().size()) {
            throw refused("one of its tensors has dimensions that don't fit its numbers.");
        }
    }

    private static void checkSize(SparseTensorProto tensor) {
        long elements = tensor.getNumNonZero();
        if (tensor.getDimensionsCount() != 1
                || elements < 0
                || elements > tensor.getDimensions(0)
                || elements * Integer.BYTES != tensor.getIndices().size()
                || elements * Double.BYTES != tensor.getValues().size()) {
            throw refused("one of its tensors has dimensions that don't fit its numbers.");
        }
    }

    private void walkField(FieldDescriptor field, Object value, int depth) {
        if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
            return;
        }
        List<?> items = field.isRepeated() ? (List<?>) value : List.of(value);
        for (Object item : items) {
            walk((Message) item, depth + 1);
        }
    }

    private void walkPart(String className, Message part, int depth) {
        String kind = part.getDescriptorForType().getFullName();
        Optional<AllowedClasses.Entry> entry = AllowedClasses.find(className, kind);
        if (entry.isEmpty()) {
            throw foreign(className);
        }
        Any data = (Any) part.getField(part.getDescriptorForType().findFieldByName("serialized_data"));
        if (entry.get().payloads().isEmpty()) {
            if (!data.equals(Any.getDefaultInstance())) {
                throw refused("its part %s carries data it should not have.".formatted(shown(className)));
            }
            return;
        }
        walk(unpack(className, data, entry.get().payloads()), depth + 1);
    }

    private static Message unpack(String className, Any data, List<Message> payloads) {
        Message payload = payloads.stream()
                .filter(each -> data.is(each.getClass())
                        && data.getUnknownFields().asMap().isEmpty())
                .findFirst()
                .orElseThrow(() ->
                        refused("its part %s does not carry the data of that class.".formatted(shown(className))));
        try {
            CodedInputStream input = data.getValue().newCodedInput();
            input.setRecursionLimit(MAX_DEPTH);
            Message message = payload.getParserForType().parseFrom(input);
            input.checkLastTagWas(0);
            return message;
        } catch (IOException e) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "The model file is refused: its part %s is damaged. Publish the model again."
                            .formatted(shown(className)),
                    e);
        }
    }

    static LatheException foreign(String className) {
        return refused(
                "it names the class %s, which is not among those a model file may name.".formatted(shown(className)));
    }

    static LatheException refused(String why) {
        return new LatheException(
                ProblemCode.BAD_REQUEST, "The model file is refused: " + why + " Publish a model of another kind.");
    }

    private static String shown(String className) {
        return "'" + Shown.of(className) + "'";
    }
}
