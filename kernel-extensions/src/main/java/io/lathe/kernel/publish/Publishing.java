package io.lathe.kernel.publish;

import io.lathe.models.bundle.BundleManifest;
import org.tribuo.Model;

/**
 * The sentence {@code Lathe.publish(model).named("penguins").evaluatedOn("penguins-test@v1")}. Nothing leaves the notebook
 * before the last word: {@code evaluatedOn} publishes, once for each time it is called, and returns when the verdict is in.
 */
public final class Publishing {

    private final Publisher publisher;
    private final Model<?> model;

    public Publishing(Publisher publisher, Model<?> model) {
        this.publisher = publisher;
        this.model = model;
    }

    /**
     * The name the model is served under: small letters, digits, {@code _} and {@code -}.
     *
     * @throws io.lathe.datasets.problem.LatheException naming what cannot be a name
     */
    public Named named(String name) {
        BundleManifest.requireModelName(name);
        return new Named(name);
    }

    @Override
    public String toString() {
        return "Nothing is published yet. Go on with .named(\"…\").evaluatedOn(\"…@v1\").";
    }

    /** A model with a name, not yet published. */
    public final class Named {

        private final String name;

        private Named(String name) {
            this.name = name;
        }

        /**
         * Publishes: measures the model on this dataset version, uploads it, and waits for the verdict. A model that is held
         * or rejected is a result, not an error.
         *
         * @throws io.lathe.datasets.problem.LatheException when the bundle cannot be built, the workbench refuses it, or the
         *     publication fails
         */
        public Publication evaluatedOn(String version) {
            return publisher.publish(model, name, version);
        }

        @Override
        public String toString() {
            return "Nothing is published yet. Go on with .evaluatedOn(\"…@v1\"), the data the model is judged on.";
        }
    }
}
