package io.lathe.datasets.version;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.store.Content;
import java.util.Map;
import java.util.TreeMap;

/**
 * Files to become the next version.
 *
 * @param files all files of the version by path, at least one
 * @param message what changed, not blank
 * @param author who
 * @param source where the data came from, may be empty
 * @param reason why, may be empty
 */
public record CommitRequest(
        DatasetName dataset, Map<String, Content> files, String message, String author, String source, String reason) {
    public CommitRequest {
        files = new TreeMap<>(files);
        if (files.isEmpty()) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST, "A version of '" + dataset + "' needs at least one file.");
        }
        if (message.isBlank()) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST, "A version of '" + dataset + "' needs a message saying what changed.");
        }
        var previous = "";
        for (var path : files.keySet()) {
            DatasetFile.requirePlain(path);
            if (!previous.isEmpty() && path.startsWith(previous + "/")) {
                throw new LatheException(
                        ProblemCode.BAD_REQUEST, "'" + previous + "' cannot be both a file and a folder.");
            }
            previous = path;
        }
    }
}
