package io.pbts.gateway.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;

/** The files directly in a folder of the jar, each read when it is first asked for and then kept. */
final class SharedFolder {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

    private final ClassPathResource folder;
    private final Map<String, SharedBytes> known = new ConcurrentHashMap<>();

    /** The path of the folder ends in a slash. */
    SharedFolder(ClassPathResource folder) {
        this.folder = folder;
    }

    Optional<SharedBytes> find(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        SharedBytes bytes = known.get(name);
        return bytes == null ? read(name) : Optional.of(bytes);
    }

    private Optional<SharedBytes> read(String name) {
        var file = new ClassPathResource(folder.getPath() + name);
        if (!file.isReadable()) {
            return Optional.empty();
        }
        return Optional.of(known.computeIfAbsent(name, unread -> read(file)));
    }

    static SharedBytes read(ClassPathResource file) {
        try {
            return SharedBytes.of(file.getContentAsByteArray());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
