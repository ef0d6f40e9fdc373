package io.lathe.kernel.publish;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The models of this notebook that can be published now, for the publish button.
 *
 * @param models   one for each variable that holds a model
 * @param datasets versions the models can be judged on
 * @param project  the project's name, or empty
 */
public record PublishableModels(List<Candidate> models, List<String> datasets, String project) {

    /** The MIME type of {@link #content()}. */
    public static final String MIME_TYPE = "application/vnd.lathe.models+json";

    /**
     * One variable that holds a model.
     *
     * @param variable    its name
     * @param type        the model's class, without package
     * @param labels      what the model answers; none for numbers, and then no field in the content
     * @param name        a name to publish it under
     * @param evaluatedOn a version to judge it on, or empty
     */
    public record Candidate(String variable, String type, List<String> labels, String name, String evaluatedOn) {
        public Candidate {
            labels = List.copyOf(labels);
        }
    }

    public PublishableModels {
        models = List.copyOf(models);
        datasets = List.copyOf(datasets);
    }

    /** The MIME type's content. */
    public Map<String, Object> content() {
        var all = new ArrayList<Map<String, Object>>();
        for (Candidate model : models) {
            var one = new LinkedHashMap<String, Object>();
            one.put("variable", model.variable());
            one.put("type", model.type());
            if (!model.labels().isEmpty()) {
                one.put("labels", model.labels());
            }
            one.put("name", model.name());
            one.put("evaluatedOn", model.evaluatedOn());
            all.add(one);
        }
        return Map.of("models", all, "datasets", datasets, "project", project);
    }
}
