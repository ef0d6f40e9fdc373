package io.lathe.datasets.version;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * One file of a version.
 *
 * @param path relative, segments joined by {@code /}
 * @param bytes its length
 * @param sha256 of its bytes, 64 hexadecimal digits
 */
public record DatasetFile(String path, long bytes, String sha256) {
    private static final int MAX_PATH = 512;
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    public DatasetFile {
        requirePlain(path);
        if (bytes < 0 || !SHA256.matcher(sha256).matches()) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "The entry of file '" + path + "' is malformed. Restore the manifest from a copy.");
        }
    }

    /** Refuses paths that could leave a folder or hide in a listing. */
    static void requirePlain(String path) {
        var plain = !path.isEmpty()
                && path.length() <= MAX_PATH
                && path.codePoints()
                        .noneMatch(c -> c == '\\'
                                || Character.isISOControl(c)
                                || !Character.isDefined(c)
                                // Half of a pair, which UTF-8 cannot write.
                                || Character.getType(c) == Character.SURROGATE)
                && Arrays.stream(path.split("/", -1))
                        .noneMatch(each -> each.isEmpty() || each.equals(".") || each.equals(".."));
        if (!plain) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "'" + path.replaceAll("\\p{Cntrl}", "?")
                            + "' is not a file path in a dataset. Use a relative path with '/', without '.', '..' or '\\', at most 512 characters.");
        }
    }
}
