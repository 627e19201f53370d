package io.pbts.receipt.crash;

import io.pbts.receipt.testing.Http.Reply;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a client was told, written down before it counts: one line per answered report, {@code receipt:code} for each item. */
final class Journal implements AutoCloseable {
    private final Path file;
    private final BufferedWriter writer;
    private final AtomicInteger answered = new AtomicInteger();

    private Journal(Path file) throws IOException {
        this.file = file;
        this.writer = Files.newBufferedWriter(file);
    }

    static Journal create() {
        try {
            return new Journal(Files.createTempFile("pbts-journal-", ".txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param receipts numbers of the receipts that the report held, in its order */
    void note(int[] receipts, Reply reply) {
        var codes = reply.codes();
        if (codes.size() != receipts.length) {
            throw new AssertionError("%d results for %d receipts".formatted(codes.size(), receipts.length));
        }
        String line = IntStream.range(0, receipts.length)
                .mapToObj(place -> receipts[place] + ":" + codes.get(place))
                .collect(Collectors.joining(" "));
        try {
            synchronized (writer) {
                writer.write(line);
                writer.newLine();
                writer.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        answered.incrementAndGet();
    }

    /** Reports whose answers are in. */
    int answered() {
        return answered.get();
    }

    Testimony read(int receipts) {
        var testimony = new Testimony(receipts);
        try (Stream<String> lines = Files.lines(file)) {
            lines.flatMap(line -> Arrays.stream(line.split(" ", -1)))
                    .map(item -> item.split(":", 2))
                    .forEach(item -> testimony.add(Integer.parseInt(item[0]), item[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return testimony;
    }

    @Override
    public void close() {
        try {
            writer.close();
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What all answers say together. */
    static final class Testimony {
        private final int[] firsts;
        private final int[] repeats;
        private final Map<String, Integer> codes = new TreeMap<>();

        private Testimony(int receipts) {
            this.firsts = new int[receipts];
            this.repeats = new int[receipts];
        }

        private void add(int receipt, String code) {
            codes.merge(code, 1, Integer::sum);
            (code.equals("duplicate") ? repeats : firsts)[receipt]++;
        }

        /** How often each code came. */
        Map<String, Integer> codes() {
            return codes;
        }

        /** Receipts whose first redemption reached the client; the others' answers were lost. */
        long heardOf() {
            return Arrays.stream(firsts).filter(times -> times > 0).count();
        }

        /** In how many answers the same receipt was redeemed, at most. */
        int mostFirsts() {
            return Arrays.stream(firsts).max().orElse(0);
        }

        long unanswered() {
            return IntStream.range(0, firsts.length)
                    .filter(receipt -> firsts[receipt] + repeats[receipt] == 0)
                    .count();
        }
    }
}
