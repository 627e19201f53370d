package io.pbts.local.demo;

import io.pbts.local.console.Console;
import io.pbts.local.console.Stopwatch;
import io.pbts.local.console.Trouble;
import io.pbts.local.directory.FileTree;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Plays the five acts; the exit code is 0 when all that they claim was proved. */
@Command(name = "demo", description = "the seed's five acts with real bytes, each act printed and asserted")
public final class DemoCommand implements Callable<Integer> {
    private static final Duration STOP = Duration.ofMinutes(1);
    private static final List<Act> ACTS =
            List.of(new Registration(), new Seeding(), new Exchange(), new AccessControl(), new Succession());

    @Option(names = "--root", required = true, hidden = true)
    private Path root = Path.of(".");

    @Option(names = "--folder", required = true, hidden = true)
    private Path folder = Path.of(".");

    @Option(names = "--step", description = "wait for Enter before each act")
    private boolean step;

    /** One play at a time: each begins by clearing the folder of the one before. */
    @Override
    public Integer call() throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolveSibling("demo.lock");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw new Trouble("a demo is being played already, in " + folder);
            }
            return play();
        }
    }

    private int play() {
        Console console = Console.standard();
        var checkout = new Checkout(root.toAbsolutePath().normalize());
        var cast = new Cast(folder.toAbsolutePath().normalize(), checkout);
        var stage = new Stage(console, presenter());
        clear(cast);
        Thread goodbye = new Thread(cast::leave, "demo-end");
        Runtime.getRuntime().addShutdownHook(goodbye);
        var since = new Stopwatch();
        for (Act act : ACTS) {
            stage.open(act);
            try {
                act.play(stage, cast);
            } catch (ProofFailed | Trouble | UncheckedIOException failed) {
                console.error("act %d (%s) failed: %s".formatted(act.number(), act.title(), failed.getMessage()));
                return 1;
            }
        }
        console.line("");
        console.line("all five acts played, %d proofs, %s; files are in %s"
                .formatted(stage.proofs(), since.read(), cast.folder()));
        return 0;
    }

    private Optional<BufferedReader> presenter() {
        return step
                ? Optional.of(new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())))
                : Optional.empty();
    }

    /** What an earlier play left, also one that was killed. */
    private static void clear(Cast cast) {
        try {
            for (String tracker : List.of("first-tracker", "second-tracker")) {
                Path data = cast.folder().resolve(tracker);
                if (Files.exists(data)) {
                    var _ = cast.checkout().run(STOP, Map.of(), "down", "--data-dir", data.toString());
                }
            }
            FileTree.delete(cast.folder());
            Files.createDirectories(cast.folder());
        } catch (IOException e) {
            throw new Trouble("cannot clear " + cast.folder() + ": " + e.getMessage(), e);
        }
    }
}
