package io.lathe.datasets.store;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bytes that can be read more than once, each time from the beginning. Who opens a stream closes it. */
public interface Content {
    /** The number of bytes, or -1 when it is known only by reading. */
    long bytes();

    InputStream open();

    /** The given bytes, which must not change afterwards. */
    static Content of(byte[] bytes) {
        return new Content() {
            @Override
            public long bytes() {
                return bytes.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }
        };
    }

    /** The bytes of a file, read anew at each opening. NOT_FOUND when it cannot be opened. */
    static Content of(Path file) {
        return new Content() {
            @Override
            public long bytes() {
                try {
                    return Files.size(file);
                } catch (IOException e) {
                    throw unreadable(e);
                }
            }

            @Override
            public InputStream open() {
                try {
                    return Files.newInputStream(file);
                } catch (IOException e) {
                    throw unreadable(e);
                }
            }

            private LatheException unreadable(IOException cause) {
                return new LatheException(
                        ProblemCode.NOT_FOUND,
                        "The file '" + file.getFileName() + "' cannot be read: is it there, and yours to read?",
                        cause);
            }
        };
    }
}
