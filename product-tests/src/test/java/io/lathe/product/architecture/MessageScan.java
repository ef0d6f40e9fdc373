package io.lathe.product.architecture;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Reads the product's sources and finds every message that an error is made with. A method that hands one of its parameters on as a
 * message is followed to its callers, so that helpers need not be listed here. What is put in at run time stands in the text as its
 * source in braces: {@code There is no project '{name}'.}
 */
final class MessageScan {
    /** Where an error begins: the class or method, and which argument is the message. */
    private static final Map<String, Integer> SINKS = Map.of(
            "LatheException", 1,
            "CommandFailure", 1,
            "SetupFailure", 0,
            "Answers.problem", 5,
            "Answer.error", 1);

    private static final int MOST_ALTERNATIVES = 16;

    /** One message. */
    record Message(String place, String text, boolean isOurFault) {}

    /** A method that makes an error of a parameter: its templates hold {@code {0}}, {@code {1}} for its arguments. */
    private record Maker(String owner, String name, int parameters, List<String> templates, boolean isOurFault) {}

    private final List<CompilationUnitTree> units = new ArrayList<>();
    private final Map<CompilationUnitTree, Map<String, String>> constantsByUnit = new HashMap<>();
    private Map<String, String> constants = Map.of(); // of the unit being read
    private final Map<String, Maker> makers = new HashMap<>();
    private final Set<Message> messages = new TreeSet<>(java.util.Comparator.comparing(Message::toString));

    static List<Message> of(List<Path> sources) throws IOException {
        MessageScan scan = new MessageScan();
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources));
            task.parse().forEach(scan.units::add);
        }
        int known = -1;
        while (known != scan.makers.size()) {
            known = scan.makers.size();
            scan.messages.clear();
            scan.units.forEach(scan::read);
        }
        return List.copyOf(scan.messages);
    }

    private void read(CompilationUnitTree unit) {
        constants = constantsByUnit.computeIfAbsent(unit, fresh -> {
            Map<String, String> found = new HashMap<>();
            fresh.accept(new Constants(found), null);
            return found;
        });
        unit.accept(new Errors(), null);
    }

    private static final class Constants extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final Map<String, String> found;

        private Constants(Map<String, String> found) {
            this.found = found;
        }

        @Override
        public @Nullable Void visitVariable(VariableTree variable, @Nullable Void nothing) {
            if (variable.getModifiers().toString().contains("static final")
                    && variable.getInitializer() instanceof LiteralTree literal) {
                found.put(variable.getName().toString(), String.valueOf(literal.getValue()));
            }
            return super.visitVariable(variable, null);
        }
    }

    private final class Errors extends TreeScanner<@Nullable Void, @Nullable Void> {
        private String owner = "";
        private String file = "";
        private @Nullable MethodTree method;

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
            String outer = owner;
            if (outer.isEmpty()) {
                file = type.getSimpleName().toString();
            }
            owner = type.getSimpleName().toString();
            super.visitClass(type, null);
            owner = outer;
            return null;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree tree, @Nullable Void nothing) {
            MethodTree outer = method;
            method = tree;
            super.visitMethod(tree, null);
            method = outer;
            return null;
        }

        @Override
        public @Nullable Void visitNewClass(NewClassTree made, @Nullable Void nothing) {
            Integer at = SINKS.get(made.getIdentifier().toString());
            if (at != null && made.getArguments().size() > at) {
                found(render(made.getArguments().get(at)), isInternal(made.getArguments()));
            }
            return super.visitNewClass(made, null);
        }

        @Override
        public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void nothing) {
            String name = call.getMethodSelect().toString();
            List<? extends ExpressionTree> given = call.getArguments();
            Integer at = SINKS.get(name);
            if (at != null && given.size() > at) {
                found(render(given.get(at)), isInternal(given));
            }
            String key = (name.contains(".") ? name : file + "." + name) + "/" + given.size();
            Maker maker = makers.get(key);
            if (maker != null) {
                List<String> texts = new ArrayList<>();
                for (String template : maker.templates()) {
                    List<String> filled = List.of(template);
                    for (int i = 0; i < given.size(); i++) {
                        filled = join(filled, "{" + i + "}", render(given.get(i)));
                    }
                    texts.addAll(filled);
                }
                found(texts, maker.isOurFault());
            }
            return super.visitMethodInvocation(call, null);
        }

        private void found(List<String> texts, boolean isOurFault) {
            List<String> parameters = method == null
                    ? List.of()
                    : method.getParameters().stream()
                            .map(parameter -> parameter.getName().toString())
                            .toList();
            List<String> handedOn = new ArrayList<>();
            for (String text : texts) {
                String template = text;
                for (int i = 0; i < parameters.size(); i++) {
                    if (isMessage(i)) {
                        template = template.replace("{" + parameters.get(i) + "}", "{" + i + "}");
                    }
                }
                if (template.equals(text) || !template.matches("(?s)(.*[.:] )?\\{\\d\\}.*")) {
                    messages.add(new Message(file, text, isOurFault));
                } else {
                    handedOn.add(template);
                }
            }
            if (!handedOn.isEmpty() && method != null) {
                String name = method.getName().contentEquals("<init>")
                        ? owner
                        : method.getName().toString();
                makers.putIfAbsent(
                        file + "." + name + "/" + parameters.size(),
                        new Maker(file, name, parameters.size(), handedOn, isOurFault));
            }
        }

        private boolean isMessage(int parameter) {
            return method != null
                    && String.valueOf(method.getParameters().get(parameter).getType())
                            .equals("String");
        }

        private boolean isInternal(List<? extends ExpressionTree> arguments) {
            return arguments.getFirst().toString().endsWith("INTERNAL");
        }
    }

    /** The texts an expression can give; a condition gives one for each outcome. */
    private List<String> render(Tree expression) {
        return switch (expression) {
            case LiteralTree literal -> List.of(String.valueOf(literal.getValue()));
            case ParenthesizedTree inner -> render(inner.getExpression());
            case BinaryTree sum
            when sum.getKind() == Tree.Kind.PLUS ->
                concatenated(render(sum.getLeftOperand()), render(sum.getRightOperand()));
            case ConditionalExpressionTree choice -> {
                List<String> both = new ArrayList<>(render(choice.getTrueExpression()));
                both.addAll(render(choice.getFalseExpression()));
                yield both;
            }
            case IdentifierTree name
            when constants.containsKey(name.getName().toString()) ->
                List.of(Objects.requireNonNull(constants.get(name.getName().toString())));
            case MethodInvocationTree call
            when call.getMethodSelect() instanceof MemberSelectTree select
                    && select.getIdentifier().contentEquals("formatted") ->
                render(select.getExpression()).stream()
                        .map(template -> fill(template, call.getArguments()))
                        .toList();
            default -> List.of("{" + expression.toString().replaceAll("\\s+", " ") + "}");
        };
    }

    private static String fill(String template, List<? extends ExpressionTree> arguments) {
        String text = template;
        for (ExpressionTree argument : arguments) {
            text = text.replaceFirst(
                    "%[0-9.,]*[a-z]", java.util.regex.Matcher.quoteReplacement("{" + argument.toString() + "}"));
        }
        return text;
    }

    private static List<String> concatenated(List<String> left, List<String> right) {
        List<String> all = new ArrayList<>();
        for (String start : left) {
            for (String end : right) {
                if (all.size() < MOST_ALTERNATIVES) {
                    all.add(start + end);
                }
            }
        }
        return all;
    }

    private static List<String> join(List<String> templates, String hole, List<String> fillings) {
        List<String> all = new ArrayList<>();
        for (String template : templates) {
            if (template.contains(hole)) {
                fillings.forEach(filling -> all.add(template.replace(hole, filling)));
            } else {
                all.add(template);
            }
        }
        return all;
    }
}
