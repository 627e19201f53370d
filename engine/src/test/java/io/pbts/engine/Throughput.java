package io.pbts.engine;

import io.pbts.engine.TorrentStatus.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Megabytes (10^6) a second from one engine to another over loopback, both in this process, from the first request to the
 * last piece on disk: {@code Throughput <MiB> <piece KiB>...}. The file lies in the page cache.
 */
final class Throughput {
    private Throughput() {}

    public static void main(String[] arguments) throws IOException {
        int length = Integer.parseInt(arguments[0]) << 20;
        for (String pieceKiB : List.of(arguments).subList(1, arguments.length)) {
            int pieceLength = Integer.parseInt(pieceKiB) << 10;
            for (int round = 0; round < 3; round++) {
                System.out.println(pieceKiB + " KiB pieces: " + measure(length, pieceLength));
            }
        }
    }

    private static double cpuSeconds() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
    }

    private static String measure(int length, int pieceLength) throws IOException {
        Path folder = Files.createTempDirectory("pbts-throughput");
        Payload payload = Payload.single("big.bin", length, pieceLength, "http://127.0.0.1:9/announce");
        try (Client seeder = Client.start(folder.resolve("seeder")).seed(payload);
                Client leecher = Client.start(folder.resolve("leecher"))) {
            leecher.add(payload).await(payload, State.DOWNLOADING);
            double before = cpuSeconds();
            long begin = System.nanoTime();
            leecher.meet(payload, seeder).await(payload, State.SEEDING);
            double seconds = (System.nanoTime() - begin) / 1e9;
            double cpu = cpuSeconds() - before;
            if (!payload.isIn(leecher.folder)) {
                throw new AssertionError("the file is not the same");
            }
            return "%.0f MB/s, %.2f s of CPU for both".formatted(length / 1e6 / seconds, cpu);
        } finally {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
