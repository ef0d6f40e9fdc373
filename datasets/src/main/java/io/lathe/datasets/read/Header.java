package io.lathe.datasets.read;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.Nearest;
import io.lathe.datasets.problem.ProblemCode;
import java.util.List;

/**
 * The columns of a table, in order; names are unique.
 *
 * @param names as in the file after the rules of {@link CsvTable}
 * @param types one for each name
 */
public record Header(List<String> names, List<ColumnType> types) {
    public Header {
        names = List.copyOf(names);
        types = List.copyOf(types);
        if (names.size() != types.size()) {
            throw new IllegalArgumentException(names.size() + " names for " + types.size() + " types");
        }
    }

    public int size() {
        return names.size();
    }

    /** The position of a column. NOT_FOUND naming the nearest one and the others. */
    public int loadIndex(String name) {
        var index = names.indexOf(name);
        if (index < 0) {
            throw new LatheException(
                    ProblemCode.NOT_FOUND, "There is no column '" + name + "'." + Nearest.hintAndKnown(name, names));
        }
        return index;
    }
}
