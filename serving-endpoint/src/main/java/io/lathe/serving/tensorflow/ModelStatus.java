package io.lathe.serving.tensorflow;

import io.lathe.serving.http.Answer;
import io.lathe.serving.model.ModelView;
import io.lathe.serving.model.VersionState;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** The answer to {@code GET /v1/models/NAME}: every version's state, newest first, as this protocol writes it. */
final class ModelStatus {

    private ModelStatus() {}

    static Answer of(ModelView model, Optional<Integer> only) {
        return Answer.ok(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("model_version_status");
            var newestFirst = model.versions().entrySet().stream()
                    .filter(entry -> only.isEmpty() || only.get().equals(entry.getKey()))
                    .sorted(Map.Entry.<Integer, VersionState>comparingByKey(Comparator.reverseOrder()))
                    .toList();
            for (Map.Entry<Integer, VersionState> entry : newestFirst) {
                VersionState state = entry.getValue();
                json.writeStartObject();
                json.writeStringField("version", String.valueOf(entry.getKey()));
                json.writeStringField("state", state.wireName());
                json.writeObjectFieldStart("status");
                json.writeStringField("error_code", state.reason().isEmpty() ? "OK" : "UNAVAILABLE");
                json.writeStringField("error_message", state.reason());
                json.writeEndObject();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}
