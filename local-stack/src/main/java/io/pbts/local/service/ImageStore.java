package io.pbts.local.service;

import io.pbts.local.console.Trouble;
import io.pbts.local.directory.FileTree;
import io.pbts.local.process.LogFile;
import io.pbts.local.process.ProcessSpec;
import io.pbts.local.process.Starter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Extracted services, a folder per content. Old ones are cleared away, but not at once: another suite may run from them. */
public final class ImageStore {
    private static final Duration EXTRACTION = Duration.ofMinutes(2);
    private static final int KEPT_PER_SERVICE = 3;

    private final Path folder;
    private final Jvm jvm;
    private final Clock clock;

    public ImageStore(Path folder, Jvm jvm, Clock clock) {
        this.folder = folder;
        this.jvm = jvm;
        this.clock = clock;
    }

    /** Finds or makes the image of a jar. */
    public ServiceImage prepare(Service service, Path built, Starter starter, LogFile log) {
        try {
            Path image = folder.resolve(
                    service.part() + "-" + Fingerprint.of(built, jvm).text());
            if (!Files.isDirectory(image)) {
                Files.createDirectories(folder);
                make(service, built, image, starter, log);
            }
            Files.setLastModifiedTime(image, FileTime.from(clock.instant()));
            clear(service);
            return new ServiceImage(service, jvm, image, image.resolve(built.getFileName()));
        } catch (IOException e) {
            throw new Trouble("cannot extract %s into %s: %s".formatted(built, folder, e.getMessage()), e);
        }
    }

    private void make(Service service, Path built, Path image, Starter starter, LogFile log) throws IOException {
        Path draft = Files.createTempDirectory(folder, "draft-" + service.part());
        if (Fingerprint.isSpringBoot(built)) {
            var spec = ProcessSpec.of("extract-" + service.part(), extraction(built, draft), Map.of(), folder, log);
            if (!starter.start(spec).finish(EXTRACTION)) {
                throw new IOException("see " + log.path());
            }
        } else {
            Files.copy(built, draft.resolve(built.getFileName()));
        }
        FileTree.moveUnlessThere(draft, image);
    }

    private List<String> extraction(Path built, Path draft) {
        return List.of(
                jvm.java().toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djarmode=tools",
                "-jar",
                built.toString(),
                "extract",
                "--force",
                "--destination",
                draft.toString());
    }

    private void clear(Service service) throws IOException {
        List<Path> images;
        try (Stream<Path> all = Files.list(folder)) {
            images = all.filter(path -> path.getFileName().toString().startsWith(service.part() + "-"))
                    .sorted(Comparator.comparing((Path path) -> path.toFile().lastModified())
                            .reversed())
                    .toList();
        }
        for (Path old : images.subList(Math.min(KEPT_PER_SERVICE, images.size()), images.size())) {
            FileTree.delete(old);
        }
    }
}
