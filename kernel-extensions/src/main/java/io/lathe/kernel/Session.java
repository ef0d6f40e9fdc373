package io.lathe.kernel;

import io.lathe.kernel.data.ProjectData;
import io.lathe.kernel.display.ProgressDisplay;
import io.lathe.kernel.publish.NotebookModels;
import io.lathe.kernel.publish.PublishableModels;
import io.lathe.kernel.publish.PublishableModels.Candidate;
import io.lathe.kernel.publish.Publisher;
import io.lathe.kernel.workbench.Workbench;
import io.lathe.models.features.FeatureProvenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.tribuo.Model;
import org.tribuo.classification.Label;

/** What one kernel has: its workbench, its project's data, its publisher. Immutable. */
final class Session {

    private static final int LONGEST_NAME = 63;

    private final Workbench workbench;
    private final ProjectData data;
    private final Publisher publisher;

    /** Made from the kernel's environment variables; asks nobody anything. */
    Session(Map<String, String> environment) {
        workbench = new Workbench(environment);
        data = new ProjectData(workbench);
        publisher = new Publisher(workbench, data, () -> new ProgressDisplay(BaseKernel.notebookKernel()));
    }

    ProjectData data() {
        return data;
    }

    Publisher publisher() {
        return publisher;
    }

    /** Variables of the running notebook that hold a classifier or a regression. */
    Map<String, Model<?>> models() {
        return new NotebookModels(BaseKernel.notebookKernel()).find();
    }

    /** What the publish dialog offers. A model that does not know its features cannot be served and is left out. */
    PublishableModels publishable() {
        List<String> versions = data.refs();
        String project = workbench.findProjectName().orElse("");
        var candidates = new ArrayList<Candidate>();
        models().forEach((variable, model) -> {
            if (FeatureProvenance.find(model).isPresent()) {
                String dataset = dataset(model, project, variable);
                candidates.add(new Candidate(
                        variable,
                        model.getClass().getSimpleName(),
                        labels(model),
                        suggestedName(model, dataset),
                        suggestedData(dataset, versions)));
            }
        });
        return new PublishableModels(candidates, versions, project);
    }

    /**
     * A classifier trained on {@code penguins@v1} is proposed as {@code penguins}, a regression as {@code penguins-body_mass_g}: a
     * name belongs to one question.
     */
    private static String suggestedName(Model<?> model, String dataset) {
        String column = FeatureProvenance.load(model)
                .features()
                .response()
                .column()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9_-]", "_");
        String name = labels(model).isEmpty() ? dataset + "-" + column : dataset;
        return name.substring(0, Math.min(LONGEST_NAME, name.length()));
    }

    /** The dataset the model was trained on, else what stands for it. */
    private static String dataset(Model<?> model, String project, String variable) {
        return FeatureProvenance.find(model)
                .flatMap(FeatureProvenance::datasetVersion)
                .map(version -> version.substring(0, Math.max(0, version.indexOf('@'))))
                .filter(name -> !name.isEmpty())
                .orElse(project.isEmpty() ? variable : project);
    }

    private static String suggestedData(String dataset, List<String> versions) {
        return versions.stream()
                .filter(version -> version.startsWith(dataset + "-test@"))
                .findFirst()
                .orElse("");
    }

    private static List<String> labels(Model<?> model) {
        return model.getOutputIDInfo().getDomain().stream()
                .filter(Label.class::isInstance)
                .map(label -> ((Label) label).getLabel())
                .sorted()
                .toList();
    }
}
