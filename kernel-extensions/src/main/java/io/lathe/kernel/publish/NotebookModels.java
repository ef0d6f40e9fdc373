package io.lathe.kernel.publish;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.Nearest;
import io.lathe.datasets.problem.ProblemCode;
import java.lang.reflect.InvocationTargetException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.Snippet.Status;
import jdk.jshell.VarSnippet;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.jspecify.annotations.Nullable;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.regression.Regressor;

/** Finds the trained classifiers and regressions among a notebook's variables. Called on the kernel's thread, while a cell runs. */
public final class NotebookModels {

    private final BaseKernel kernel;

    public NotebookModels(BaseKernel kernel) {
        this.kernel = kernel;
    }

    /** Variables that hold a classifier or a regression, in order of declaration. */
    public Map<String, Model<?>> find() {
        JShell shell = shell();
        List<String> names = shell.variables()
                .filter(variable -> shell.status(variable) == Status.VALID)
                .map(VarSnippet::name)
                .toList();
        var models = new LinkedHashMap<String, Model<?>>();
        Object[] values = values(shell, names);
        for (int i = 0; i < names.size(); i++) {
            if (values[i] instanceof Model<?> model && isPublishable(model) && !models.containsValue(model)) {
                models.put(names.get(i), model);
            }
        }
        return models;
    }

    /** The model in a variable. NOT_FOUND naming the variables that hold one. */
    public static Model<?> select(Map<String, Model<?>> models, String variable) {
        Model<?> model = models.get(variable);
        if (model == null) {
            throw new LatheException(
                    ProblemCode.NOT_FOUND,
                    models.isEmpty()
                            ? "No variable of this notebook holds a trained model; run the cell that trains one."
                            : "Variable '" + variable + "' holds no trained model."
                                    + Nearest.hint(variable, models.keySet()));
        }
        return model;
    }

    private static boolean isPublishable(Model<?> model) {
        return model.getOutputIDInfo().getDomain().stream()
                .allMatch(answer -> answer instanceof Label || answer instanceof Regressor);
    }

    /** All values by one evaluation: each costs a compilation. The variable JShell makes for the result is dropped again. */
    private Object[] values(JShell shell, Collection<String> names) {
        if (names.isEmpty()) {
            return new Object[0];
        }
        String array = names.stream().map(name -> "(Object) " + name).collect(Collectors.joining(", "));
        try {
            return (Object[]) kernel.evalRaw("new Object[] {" + array + "}");
        } finally {
            Set<String> before = Set.copyOf(names);
            shell.variables()
                    .filter(variable -> isTemporary(variable, before))
                    .toList()
                    .forEach(shell::drop);
        }
    }

    private static boolean isTemporary(VarSnippet variable, Set<String> before) {
        return variable.name().startsWith("$")
                && variable.typeName().equals("Object[]")
                && !before.contains(variable.name());
    }

    /** {@code JavaKernel} is in the kernel's program only, so it is asked by name. */
    private JShell shell() {
        @Nullable Object shell;
        try {
            shell = kernel.getClass().getMethod("getJShell").invoke(kernel);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("This kernel is no Java kernel: it has no JShell.", e);
        }
        if (shell instanceof JShell jshell) {
            return jshell;
        }
        throw new IllegalStateException("This kernel is no Java kernel: it has no JShell.");
    }
}
