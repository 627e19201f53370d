package io.pbts.local.service;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A service ready to start: its jar extracted (a nested jar starts slower and cannot be cached) into a folder named by its
 * content, with its start-up cache beside it. A changed jar or JVM gets another folder, so a cache never meets a class that
 * it was not made from.
 */
public record ServiceImage(Service service, Jvm jvm, Path folder, Path jar) {
    /** The start-up cache (JEP 483, 515); there after the first training. */
    Path startupCache() {
        return folder.resolve("startup.aot");
    }

    public boolean trained() {
        return Files.exists(startupCache());
    }

    /** Whether there is anything to train: a plain jar is started as it is. */
    public boolean trainable() {
        return Files.isDirectory(folder.resolve("lib"));
    }

    /**
     * The command of a normal start.
     *
     * @param scratch for what a service writes only for itself, such as native libraries on their way into it
     */
    public List<String> command(Jit jit, Path scratch) {
        return command(jit, scratch, trained() ? List.of("-XX:AOTCache=" + startupCache()) : List.of());
    }

    List<String> command(Jit jit, Path scratch, List<String> extra) {
        List<String> command = new ArrayList<>(jvm.command(jit));
        command.add("-Djava.io.tmpdir=" + scratch);
        command.addAll(extra);
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }
}
