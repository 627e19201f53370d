package io.pbts.protocol.audit;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.epoch.EpochBatch;
import io.pbts.protocol.epoch.EpochHeader;
import io.pbts.protocol.epoch.EpochPart;
import io.pbts.protocol.epoch.EpochRow;
import io.pbts.protocol.epoch.EpochSum;
import io.pbts.protocol.evidence.Evidence;
import io.pbts.protocol.merkle.AccountSum;
import io.pbts.protocol.merkle.EpochRoot;
import io.pbts.protocol.merkle.GrowingLog;
import io.pbts.protocol.merkle.SumsTree;
import io.pbts.protocol.receipt.Deployment;
import io.pbts.protocol.receipt.InstanceId;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceHash;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.PieceLength;
import io.pbts.protocol.torrent.TorrentId;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/** An epoch of any size with receipts of the usual form. Signatures are random bytes: nobody signs a million in a test. */
final class SyntheticEpoch {
    private static final int BATCH = 128;
    private static final int ACCOUNTS = 200;
    private static final long PIECE = 262_144;

    private final Random random;
    private final int receipts;
    private final Deployment deployment;
    private final Bytes32 torrent = Bytes32.repeat((byte) 7);
    private final List<AccountKey.Bls> keys = new ArrayList<>();

    SyntheticEpoch(int receipts, long seed) {
        this.receipts = receipts;
        this.random = new Random(seed);
        this.deployment =
                new Deployment(31337, new EthereumAddress(bytes(20)), new InstanceId(Bytes32.wrap(bytes(32))));
        for (int i = 0; i < ACCOUNTS; i++) {
            keys.add(new AccountKey.Bls(bytes(AccountKey.Bls.SIZE)));
        }
    }

    /** Writes it, in two passes as a tracker does: roots and sums are known before the first row is written. */
    EpochRoot write(Path file) throws IOException {
        long seed = random.nextLong();
        GrowingLog batches = new GrowingLog();
        Map<Bytes32, AccountSum> sums = new TreeMap<>();
        List<Bytes32> roots = new ArrayList<>();
        Random first = new Random(seed);
        for (int from = 0; from < receipts; from += BATCH) {
            GrowingLog rows = new GrowingLog();
            for (int i = from; i < Math.min(receipts, from + BATCH); i++) {
                EpochRow row = row(i, first);
                rows.add(row.ledgerRow(deployment.instance()).hash().bytes());
                add(sums, row.sender(), PIECE, 0);
                add(sums, row.receiver(), 0, PIECE);
            }
            roots.add(rows.root());
            batches.add(rows.root());
        }
        SumsTree tree = SumsTree.of(List.copyOf(sums.values()));
        var header = new EpochHeader(deployment, 5, 11, 10L + roots.size(), receipts, 1, batches.root(), Bytes32.ZERO);
        var part = new EpochPart(5, sums.size(), tree.root());
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            out.write(header.framed());
            Random second = new Random(seed);
            for (int from = 0; from < receipts; from += BATCH) {
                int batch = from / BATCH;
                int to = Math.min(receipts, from + BATCH);
                out.write(new EpochBatch(50 + batch, 11 + batch, to - from, roots.get(batch)).framed());
                for (int i = from; i < to; i++) {
                    out.write(row(i, second).framed());
                }
            }
            out.write(part.framed());
            for (AccountSum sum : tree.sums()) {
                out.write(new EpochSum(sum).framed());
            }
        }
        return part.root(batches.root());
    }

    private EpochRow row(int number, Random source) {
        int sender = source.nextInt(keys.size());
        int receiver = (sender + 1 + source.nextInt(keys.size() - 1)) % keys.size();
        byte[] rest = new byte[20 + 96];
        source.nextBytes(rest);
        var receipt = new ReceiptV2(
                deployment.domain(),
                new InfoHash(torrent.slice(0, 20)),
                keys.get(sender),
                keys.get(receiver),
                new PieceIndex(number),
                new PieceLength(PIECE),
                new PieceHash(Bytes.wrap(rest, 0, 20)),
                1_700_000_000L + number);
        return new EpochRow(
                1000L + number,
                new TorrentId(torrent),
                keys.get(sender).chainAccount(),
                keys.get(receiver).chainAccount(),
                receipt.index(),
                PIECE,
                receipt.kind(),
                new EpochRow.Signed(
                        receipt.signedBytes(), Optional.empty(), Evidence.single(Bytes.wrap(rest, 20, 96))));
    }

    private static void add(Map<Bytes32, AccountSum> sums, ChainAccount account, long up, long down) {
        sums.merge(
                account.bytes(),
                new AccountSum(account, up, down),
                (one, more) -> new AccountSum(account, one.up() + more.up(), one.down() + more.down()));
    }

    private Bytes bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return Bytes.wrap(bytes);
    }
}
