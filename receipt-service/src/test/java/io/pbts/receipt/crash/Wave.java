package io.pbts.receipt.crash;

import io.pbts.receipt.testing.Draft;
import io.pbts.receipt.testing.Peer;
import io.pbts.receipt.testing.TestTorrent;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Receipts for one torrent, and the reports in which each is sent 2 to 32 times, most of them seldom, in any order, some of
 * them twice in the same report. Three peers serve each other and a newcomer without credit, of whom most is held at first.
 *
 * @param batches numbers of the receipts that each report holds
 */
record Wave(TestTorrent torrent, Peer newcomer, List<SignedReceipt> receipts, List<int[]> batches) {
    private static final int RECEIVERS = 4;
    private static final long PIECE = 64L << 10;
    private static final int BATCH = 256;
    private static final int FEWEST_COPIES = 2;
    private static final int MOST_COPIES = 32;
    private static final int HOUR = 3600;

    static Wave of(int number, int size, Cluster cluster, List<Peer> ring, Random random) {
        int pieces = size / RECEIVERS;
        TestTorrent torrent =
                cluster.neighbours().add(TestTorrent.v1("wave" + number, pieces, PIECE, (pieces - 1) * PIECE + 1));
        Peer newcomer = cluster.neighbours().add(cluster.world().peer(0));
        List<Draft> drafts = IntStream.range(0, pieces * RECEIVERS)
                .mapToObj(i -> draft(torrent, ring, newcomer, i, random))
                .toList();
        List<SignedReceipt> signed =
                drafts.parallelStream().map(SignedReceipt::of).toList();
        return new Wave(torrent, newcomer, signed, batches(signed.size(), random));
    }

    long bytes() {
        return receipts.stream().mapToLong(SignedReceipt::bytes).sum();
    }

    List<SignedReceipt> pick(int[] numbers) {
        return Arrays.stream(numbers).mapToObj(receipts::get).toList();
    }

    long sendings() {
        return batches.stream().mapToLong(batch -> batch.length).sum();
    }

    private static Draft draft(TestTorrent torrent, List<Peer> ring, Peer newcomer, int number, Random random) {
        int receiver = number % RECEIVERS;
        int step = 1 + random.nextInt(ring.size() - 1);
        boolean inRing = receiver < ring.size();
        return Draft.of(
                        ring.get((receiver + step) % ring.size()),
                        inRing ? ring.get(receiver) : newcomer,
                        torrent.v1(),
                        number / RECEIVERS)
                .signedAt(Clock.systemUTC().instant().getEpochSecond() - random.nextInt(HOUR));
    }

    private static List<int[]> batches(int receipts, Random random) {
        List<int[]> units = new ArrayList<>();
        for (int receipt = 0; receipt < receipts; receipt++) {
            int copies = copies(random);
            if (random.nextInt(4) == 0) {
                units.add(new int[] {receipt, receipt});
                copies -= 2;
            }
            units.addAll(Collections.nCopies(copies, new int[] {receipt}));
        }
        Collections.shuffle(units, random);
        int[] order = units.stream().flatMapToInt(Arrays::stream).toArray();
        return IntStream.iterate(0, from -> from < order.length, from -> from + BATCH)
                .mapToObj(from -> Arrays.copyOfRange(order, from, Math.min(order.length, from + BATCH)))
                .toList();
    }

    /** Of the copies beyond the fewest, each is the last with a chance of a third. */
    private static int copies(Random random) {
        int copies = FEWEST_COPIES;
        while (copies < MOST_COPIES && random.nextInt(3) > 0) {
            copies++;
        }
        return copies;
    }
}
