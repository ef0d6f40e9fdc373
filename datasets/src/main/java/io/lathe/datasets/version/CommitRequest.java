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
        for (var path : files.keySet()) {
            DatasetFile.requirePlain(path);
            for (var slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                var folder = path.substring(0, slash);
                if (files.containsKey(folder)) {
                    throw new LatheException(
                            ProblemCode.BAD_REQUEST, "'" + folder + "' cannot be both a file and a folder.");
                }
            }
        }
    }
}
