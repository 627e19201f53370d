package io.pbts.benchmarks.transfer;

import io.pbts.benchmarks.result.Progress;
import io.pbts.engine.receipt.Attestation;
import io.pbts.engine.receipt.ReceiptPolicy;
import io.pbts.engine.receipt.ReceiptPolicy.Ordinary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The paper's figure 10 and tables 1 and 3 by transfers: rates, lengths of pieces and every way to sign. */
final class Grid {
    /** Bytes a second; 0 is as fast as it goes. */
    private static final List<Long> RATES = List.of(2_500_000L, 5_000_000L, 10_000_000L, 20_000_000L, 0L);

    private static final List<Integer> PIECES = List.of(256 << 10, 512 << 10, 1 << 20, 2 << 20);

    private Grid() {}

    /** The name of a way to sign. */
    static String name(Attestation attestation) {
        return attestation.name().toLowerCase(Locale.ROOT);
    }

    /**
     * One series for each rate and length of pieces.
     *
     * @param whole bytes of a transfer without a limit
     * @param seconds that a limited one lasts
     */
    static List<Series> measure(Path folder, long whole, int seconds, Series.Extent extent, Progress progress)
            throws IOException, InterruptedException {
        List<Way> ways = ways(folder);
        List<Series> all = new ArrayList<>();
        for (long rate : RATES) {
            Sample sample = Sample.create(folder, rate == 0 ? whole : rate * seconds);
            for (int piece : PIECES) {
                all.add(Series.run(new Course(piece, sample.bytes(), rate), sample, ways, extent, progress));
            }
            Sample.remove(sample.folder());
        }
        return all;
    }

    private static List<Way> ways(Path folder) {
        List<Way> ways = new ArrayList<>(List.of(Engines.plain(folder)));
        for (Attestation attestation : Attestation.values()) {
            ReceiptPolicy policy = ReceiptPolicy.of(Ordinary.REQUIRE).with(List.of(attestation));
            ways.add(Engines.signed(name(attestation), folder, policy));
        }
        return ways;
    }
}
