package io.lathe.kernel.magic;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.Nearest;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import io.lathe.kernel.document.Document;
import io.lathe.kernel.document.Document.Code;
import io.lathe.kernel.document.Document.Heading;
import io.lathe.kernel.document.Document.Paragraph;
import io.lathe.kernel.document.Grid;
import io.lathe.kernel.document.Grid.Cell;
import io.lathe.kernel.document.Grid.Cells;
import io.lathe.kernel.document.Grid.GridColumn;
import io.lathe.kernel.document.Tone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one magic is called: its help and its parser in one value, so that neither can know an option the other does not.
 *
 * @param name     without percent signs
 * @param purpose  one sentence
 * @param forms    the ways to call it, each with what it does
 * @param options  options by name without dashes, each with its meaning; a meaning that starts with {@code =} takes a value
 * @param sameAs   the Java that does the same
 */
record Usage(String name, String purpose, Map<String, String> forms, Map<String, String> options, String sameAs) {

    /**
     * A parsed line.
     *
     * @param words   what is not an option, in order
     * @param options options given, with their values; empty for those without
     */
    record Call(List<String> words, Map<String, String> options) {
        boolean has(String option) {
            return options.containsKey(option);
        }

        Optional<String> find(String option) {
            return Optional.ofNullable(options.get(option)).filter(value -> !value.isEmpty());
        }
    }

    static boolean asksForHelp(List<String> args) {
        return args.contains("-h") || args.contains("--help");
    }

    Call parse(List<String> args) {
        var words = new ArrayList<String>();
        var given = new LinkedHashMap<String, String>();
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            if (!arg.startsWith("-") || arg.equals("-")) {
                words.add(arg);
                continue;
            }
            int equals = arg.indexOf('=');
            String option = arg.substring(arg.startsWith("--") ? 2 : 1, equals < 0 ? arg.length() : equals);
            String meaning = options.get(option);
            if (meaning == null) {
                List<String> known =
                        options.keySet().stream().map(each -> "--" + each).toList();
                throw wrong(
                        "%" + name + " has no option '" + Shown.of(arg) + "'." + Nearest.hint("--" + option, known));
            }
            if (!meaning.startsWith("=")) {
                given.put(option, "");
            } else if (equals >= 0) {
                given.put(option, arg.substring(equals + 1));
            } else if (i + 1 < args.size()) {
                given.put(option, args.get(++i));
            } else {
                throw wrong("--" + option + " of %" + name + " needs a value.");
            }
        }
        return new Call(List.copyOf(words), given);
    }

    LatheException wrong(String what) {
        return new LatheException(ProblemCode.BAD_REQUEST, what + " See %" + name + " -h.");
    }

    Document help() {
        Document document = Document.of(
                new Heading("%" + name, purpose),
                new Grid(
                        List.of(GridColumn.left("call"), GridColumn.left("does")),
                        forms.entrySet().stream().map(Usage::row).toList()));
        if (!options.isEmpty()) {
            document = document.with(new Grid(
                    List.of(GridColumn.left("option"), GridColumn.left("means")),
                    options.entrySet().stream().map(Usage::optionRow).toList()));
        }
        return document.with(new Paragraph("The same in Java:", Tone.QUIET), new Code(sameAs));
    }

    private static Grid.Row row(Map.Entry<String, String> form) {
        return Cells.of(Cell.of(form.getKey()), Cell.of(form.getValue()));
    }

    private static Grid.Row optionRow(Map.Entry<String, String> option) {
        boolean takesValue = option.getValue().startsWith("=");
        return Cells.of(
                Cell.of("--" + option.getKey() + (takesValue ? " VALUE" : "")),
                Cell.of(takesValue ? option.getValue().substring(1) : option.getValue()));
    }
}
