package io.lathe.serving.tensorflow;

import io.lathe.serving.http.Answer;
import io.lathe.serving.model.Choice;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A path of this protocol, taken apart. Matched whole and without regard to case; names are percent-decoded after matching. */
record TensorFlowPath(String model, Choice choice, Optional<Choice> named, String verb) {

    private static final String TARGET = "/v1/models/([^/:]+)(?:/versions/(\\d+)|/labels/([^/:]+))?";
    private static final Pattern CALL =
            Pattern.compile(TARGET + ":(classify|regress|predict)", Pattern.CASE_INSENSITIVE);
    private static final Pattern LOOK = Pattern.compile(TARGET + "(?:/(metadata))?", Pattern.CASE_INSENSITIVE);

    static final String STATUS = "status";

    /** A POST's path; empty when it is none. */
    static Optional<TensorFlowPath> findCall(String path) {
        return find(CALL, path);
    }

    /** A GET's path; the verb is {@code metadata} or {@link #STATUS}. */
    static Optional<TensorFlowPath> findLook(String path) {
        return find(LOOK, path);
    }

    private static Optional<TensorFlowPath> find(Pattern pattern, String path) {
        Matcher matcher = pattern.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Optional<Choice> named = Optional.ofNullable(matcher.group(2))
                .<Choice>map(TensorFlowPath::numbered)
                .or(() -> Optional.ofNullable(matcher.group(3)).map(label -> new Choice.Label(decoded(label))));
        String verb = Optional.ofNullable(matcher.group(4)).orElse(STATUS).toLowerCase(Locale.ROOT);
        return Optional.of(
                new TensorFlowPath(decoded(matcher.group(1)), named.orElse(new Choice.Production()), named, verb));
    }

    private static Choice numbered(String digits) {
        try {
            return new Choice.Numbered(Long.parseLong(digits));
        } catch (NumberFormatException e) {
            throw Answer.badRequest("Failed to convert version: it does not fit 64 bits.");
        }
    }

    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Answer.badRequest("Malformed request: the path holds a broken percent sign; send it as %25.");
        }
    }
}
