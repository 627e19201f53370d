package io.pbts.local.audit;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why something could not be read, in words: some of the platform's exceptions have none. */
final class Reason {
    private Reason() {}

    static String of(IOException failed) {
        return switch (failed) {
            case NoSuchFileException missing -> "no file " + missing.getFile();
            case FileSystemException unreadable -> unreadable.getFile() + " cannot be read";
            case ConnectException _ -> "the node does not answer";
            default -> failed.getMessage() == null ? failed.getClass().getSimpleName() : failed.getMessage();
        };
    }
}
