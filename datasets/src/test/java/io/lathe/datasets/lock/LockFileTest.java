package io.lathe.datasets.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockFileTest {
    @TempDir
    Path folder;

    @Test
    void oneHolderAtATime() throws Exception {
        Path file = folder.resolve("lock");
        try (LockFile _ = LockFile.take(file).orElseThrow()) {
            assertThat(LockFile.take(file)).isEmpty();
        }
        try (LockFile _ = LockFile.take(file).orElseThrow()) {
            assertThat(file).exists();
        }
    }

    @Test
    void theHolderNoticesThatTheFileWasReplaced() throws Exception {
        Path file = folder.resolve("lock");
        try (LockFile held = LockFile.take(file).orElseThrow()) {
            Files.move(file, folder.resolve("aside"));
            Files.createFile(file);

            assertThatCode(held::awaitLoss).doesNotThrowAnyException();
        }
    }
}
