package io.lathe.launcher.setup;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What the JDK says of a file, in words of people: its exceptions often say nothing but the file's name. */
public final class FileTrouble {
    private FileTrouble() {}

    /** For example {@code /data/settings.json is not yours to read or write}. */
    public static String words(IOException failure) {
        return switch (failure) {
            case NoSuchFileException missing -> missing.getFile() + " is not there and cannot be made";
            case AccessDeniedException denied -> denied.getFile() + " is not yours to read or write";
            case FileAlreadyExistsException other -> other.getFile() + " is there and is something else";
            case FileSystemException named when named.getReason() != null -> named.getFile() + ": " + named.getReason();
            default -> String.valueOf(failure.getMessage());
        };
    }
}
