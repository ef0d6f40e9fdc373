package io.lathe.workbench.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.lathe.datasets.problem.Nearest;
import io.lathe.datasets.problem.Shown;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with a caller's JSON in the caller's words: its fields and places, never our classes. */
final class JsonMisfit {
    private JsonMisfit() {}

    static String words(JsonProcessingException failure) {
        return switch (failure) {
            case JsonProcessingException tooMuch
            when tooMuch instanceof StreamConstraintsException
                    || tooMuch.getCause() instanceof StreamConstraintsException ->
                "The JSON nests deeper, or holds a longer name, number or text, than is read here; send less in one request.";
            case UnrecognizedPropertyException unknown -> unknown(unknown);
            case MismatchedInputException misfit -> misfit(misfit);
            case InputCoercionException tooBig -> tooBig(List.of(), tooBig);
            case JsonMappingException mapping
            when mapping.getCause() instanceof InputCoercionException tooBig -> tooBig(mapping.getPath(), tooBig);
            case StreamReadException twice
            when String.valueOf(twice.getOriginalMessage()).startsWith("Duplicate field") ->
                "The field '" + field(List.of(), twice) + "' is there twice" + place(twice) + "; send it once.";
            default -> "The body is not valid JSON" + place(failure) + "; send one JSON object.";
        };
    }

    private static String unknown(UnrecognizedPropertyException unknown) {
        String name = unknown.getPropertyName();
        List<String> known =
                unknown.getKnownPropertyIds().stream().map(String::valueOf).toList();
        return "There is no field '" + Shown.of(name) + "'." + Nearest.hint(name, known);
    }

    private static String misfit(MismatchedInputException misfit) {
        List<Reference> path = misfit.getPath();
        if (path.isEmpty() && misfit.getLocation() == null) {
            return "The body is empty; send one JSON object.";
        }
        String what = path.isEmpty() ? "The body" : "The field '" + path(path) + "'";
        return what + " must be " + kind(misfit.getTargetType()) + ", and is something else" + place(misfit) + ".";
    }

    private static String tooBig(List<Reference> path, InputCoercionException tooBig) {
        return "The field '" + field(path, tooBig) + "' must be a whole number that fits, and is none" + place(tooBig)
                + ".";
    }

    /** The field's path, or the name that was read last where the parser gave up before anybody knew the path. */
    private static String field(List<Reference> path, StreamReadException failure) {
        if (!path.isEmpty()) {
            return path(path);
        }
        try {
            JsonParser parser = failure.getProcessor();
            return parser == null ? "?" : Shown.of(String.valueOf(parser.currentName()));
        } catch (IOException e) {
            return "?";
        }
    }

    private static String path(List<Reference> path) {
        StringBuilder text = new StringBuilder();
        for (Reference step : path) {
            if (step.getFieldName() == null) {
                text.append('[').append(step.getIndex()).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return text.toString();
    }

    private static String kind(@Nullable Class<?> type) {
        if (type == null) {
            return "of another kind";
        }
        if (CharSequence.class.isAssignableFrom(type)) {
            return "text";
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "a whole number that fits";
        }
        if (Number.class.isAssignableFrom(type) || (type.isPrimitive() && type != boolean.class)) {
            return "a number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        return Collection.class.isAssignableFrom(type) ? "a list" : "an object";
    }

    private static String place(JsonProcessingException failure) {
        var location = failure.getLocation();
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
