package io.lathe.serving;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lathe.serving.http.Answer;
import io.lathe.serving.http.Gate;
import io.lathe.serving.model.Deployment;
import io.lathe.serving.model.ModelView;
import io.lathe.serving.model.VersionState;
import io.lathe.serving.route.RouteFollower;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** What anybody on this machine may ask without a token: is it alive, is it ready, what does it serve. Thread-safe. */
final class StatusPage {

    private final Deployment deployment;
    private final RouteFollower follower;
    private final Gate gate;
    private final String instance = UUID.randomUUID().toString();

    StatusPage(Deployment deployment, RouteFollower follower, Gate gate) {
        this.deployment = deployment;
        this.follower = follower;
        this.gate = gate;
    }

    Answer live() {
        return Answer.ok(json -> flag(json, "live", true));
    }

    /** 200 once a route document has been taken over and no model waits for its version in production. */
    Answer ready() {
        return ready(isReady());
    }

    Answer status() {
        return Answer.ok(json -> {
            json.writeStartObject();
            json.writeNumberField("routeVersion", follower.appliedVersion());
            json.writeBooleanField("ready", isReady());
            json.writeBooleanField("workbenchReachable", follower.workbenchReachable());
            json.writeArrayFieldStart("models");
            for (ModelView model : deployment.models()) {
                for (Map.Entry<Integer, VersionState> version : model.versions().entrySet()) {
                    version(json, model, version.getKey(), version.getValue());
                }
            }
            json.writeEndArray();
            json.writeStringField("instance", instance);
            json.writeNumberField("pid", ProcessHandle.current().pid());
            json.writeEndObject();
        });
    }

    private boolean isReady() {
        return gate.isOpen()
                && follower.appliedVersion() > 0
                && deployment.models().stream().allMatch(ModelView::ready);
    }

    private static Answer ready(boolean ready) {
        Answer answer = Answer.of(ready ? 200 : 503, json -> flag(json, "ready", ready));
        return ready ? answer : answer.with("Retry-After", "1");
    }

    private static void flag(JsonGenerator json, String name, boolean value) throws IOException {
        json.writeStartObject();
        json.writeBooleanField(name, value);
        json.writeEndObject();
    }

    private static void version(JsonGenerator json, ModelView model, int number, VersionState state)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("name", model.name());
        json.writeNumberField("version", number);
        json.writeStringField("state", state.wireName());
        json.writeArrayFieldStart("aliases");
        for (Map.Entry<String, Integer> alias : new TreeMap<>(model.aliases()).entrySet()) {
            if (alias.getValue() == number) {
                json.writeString(alias.getKey());
            }
        }
        json.writeEndArray();
        if (!state.reason().isEmpty()) {
            json.writeStringField("reason", state.reason());
        }
        json.writeEndObject();
    }
}
