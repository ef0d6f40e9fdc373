package io.lathe.workbench.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A secret handed to another process of the same user by a file that only that user may read (mode 0600). */
public final class SecretFile {
    private final Path file;
    private final String sha256;

    private SecretFile(Path file, String sha256) {
        this.file = file;
        this.sha256 = sha256;
    }

    /** Uses the secret in {@code file}, or makes one. A process that read it before a restart of the workbench stays welcome. */
    public static SecretFile open(Path file) {
        try {
            if (!Files.exists(file) || Files.readString(file).isBlank()) {
                Files.deleteIfExists(file);
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(file, Secrets.fresh() + "\n");
            }
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            return new SecretFile(file, Secrets.sha256(Files.readString(file).strip()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make or read " + file, e);
        }
    }

    public Path file() {
        return file;
    }

    public boolean matches(String secret) {
        return Secrets.same(sha256, Secrets.sha256(secret));
    }
}
