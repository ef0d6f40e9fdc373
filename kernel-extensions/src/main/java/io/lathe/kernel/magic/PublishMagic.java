package io.lathe.kernel.magic;

import io.lathe.kernel.publish.NotebookModels;
import io.lathe.kernel.publish.Publisher;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.tribuo.Model;

/** {@code %publish}: publishes the model in a variable, and shows the verdict. */
final class PublishMagic implements Magic {

    private static final Usage USAGE = new Usage(
            "publish",
            "publishes the model in a variable: it is judged against the one in production, and served if it is not worse",
            Ordered.map(
                    "%publish model --name penguins --on penguins-test@v1",
                    "publish the model in variable model as penguins, judged on penguins-test@v1"),
            Ordered.map("name", "=the name it is served under", "on", "=the dataset version it is judged on"),
            "Lathe.publish(model).named(\"penguins\").evaluatedOn(\"penguins-test@v1\")");

    private final Publisher publisher;
    private final Supplier<Map<String, Model<?>>> models;

    PublishMagic(Publisher publisher, Supplier<Map<String, Model<?>>> models) {
        this.publisher = publisher;
        this.models = models;
    }

    @Override
    public Usage usage() {
        return USAGE;
    }

    @Override
    public Object line(List<String> args) {
        Usage.Call call = USAGE.parse(args);
        if (call.words().size() != 1) {
            throw USAGE.wrong("%publish takes the name of one variable.");
        }
        String name = call.find("name").orElseThrow(() -> USAGE.wrong("%publish needs --name."));
        String on = call.find("on").orElseThrow(() -> USAGE.wrong("%publish needs --on."));
        return publisher.publish(
                NotebookModels.select(models.get(), call.words().getFirst()), name, on);
    }
}
