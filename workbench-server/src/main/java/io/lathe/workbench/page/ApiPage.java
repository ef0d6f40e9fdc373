package io.lathe.workbench.page;

import java.util.List;

/** The API's document for people, with a form for each operation. */
public record ApiPage(Frame frame, List<Group> groups, List<Schema> schemas) {
    /** The operations of one kind of thing: {@code projects}. */
    public record Group(String name, List<Operation> operations) {}

    /**
     * One operation.
     *
     * @param allowed who may call it: {@code viewer}
     * @param body an example of the body; empty where there is none or it is not JSON
     * @param bodyType media type of the body; empty where there is none
     */
    public record Operation(
            String id,
            String method,
            String path,
            String summary,
            String allowed,
            List<Input> inputs,
            String bodyType,
            String body,
            List<Outcome> outcomes) {
        public boolean readsJson() {
            return bodyType.equals("application/json");
        }
    }

    /**
     * A parameter.
     *
     * @param in {@code path}, {@code query} or {@code header}
     * @param need whether it must be there: {@code required} or nothing
     * @param start what its field holds at first: an example where it must be there
     */
    public record Input(String name, String in, String words, String need, String start) {
        public boolean isRequired() {
            return !need.isEmpty();
        }
    }

    /** What an operation answers. */
    public record Outcome(String status, String words, String schema) {}

    /** A named schema, JSON over several lines. */
    public record Schema(String name, String json) {}
}
