package io.pbts.local.service;

import io.pbts.local.process.LogFile;
import io.pbts.local.process.ProcessSpec;
import io.pbts.local.process.Starter;
import io.pbts.local.process.StopSignal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes a service's start-up cache while the suite already works: a second copy of it starts at the lowest priority, is
 * stopped by Spring as soon as its beans exist (before it listens or schedules anything), and the JVM writes the cache at
 * its exit. So neither the first start nor the first stop waits for it.
 */
public final class StartupTraining {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final ServiceImage image;
    private final Map<String, String> environment;
    private final Path scratch;
    private final LogFile log;

    /** @param environment of the real service, with ports of its own */
    public StartupTraining(ServiceImage image, Map<String, String> environment, Path scratch, LogFile log) {
        this.image = image;
        this.environment = environment;
        this.scratch = scratch;
        this.log = log;
    }

    /**
     * Returns whether it made the cache. A failure costs speed and nothing else; where another suite trains from the same
     * folder, nothing is done.
     */
    public boolean run(Starter starter) throws IOException {
        try (FileChannel lock = FileChannel.open(
                image.folder().resolve("training.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            return lock.tryLock() != null && !image.trained() && train(starter);
        }
    }

    private boolean train(Starter starter) throws IOException {
        Path recording = image.folder().resolve("startup.recording");
        Path draft = image.folder().resolve("startup.draft");
        // Two steps instead of one (-XX:AOTCacheOutput): that one forks a JVM of its own, which nobody could stop.
        boolean made = finish(
                        starter,
                        "record",
                        List.of(
                                "-XX:AOTMode=record",
                                "-XX:AOTConfiguration=" + recording,
                                "-Dspring.context.exit=onRefresh"))
                && finish(
                        starter,
                        "create",
                        List.of("-XX:AOTMode=create", "-XX:AOTConfiguration=" + recording, "-XX:AOTCache=" + draft));
        if (made) {
            Files.move(draft, image.startupCache(), StandardCopyOption.ATOMIC_MOVE);
        }
        Files.deleteIfExists(recording);
        Files.deleteIfExists(draft);
        return made;
    }

    private boolean finish(Starter starter, String step, List<String> flags) {
        List<String> command = new ArrayList<>(List.of("nice", "-n", "19"));
        command.addAll(image.command(Jit.FULL, scratch, flags));
        var spec = new ProcessSpec(
                step + "-" + image.service().part(),
                List.of(),
                command,
                environment,
                image.folder(),
                log,
                StopSignal.TERM,
                GRACE);
        return starter.start(spec).finish(LIMIT);
    }
}
