package io.pbts.protocol.report;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.evidence.SignatureForm;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceHash;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.PieceLength;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/** Any report that can be written, from a seed. Few torrents and keys, so that groups share tables and merge. */
final class ReportArbitraries {
    private static final SignatureForm[] FORMS = SignatureForm.values();

    private final Random random;
    private final List<StatedReceipt> receipts = new ArrayList<>();
    private final List<Bytes> batches = new ArrayList<>();
    private final List<StatedSession> sessions = new ArrayList<>();
    private final List<InfoHash> torrents;
    private final List<AccountKey> keys;

    private ReportArbitraries(long seed) {
        random = new Random(seed);
        torrents = List.of(new InfoHash(bytes(20)), new InfoHash(bytes(32)), new InfoHash(bytes(20)));
        keys = List.of(
                new AccountKey.Bls(bytes(48)),
                new AccountKey.Wallet(new EthereumAddress(bytes(20))),
                new AccountKey.Bls(bytes(48)),
                new AccountKey.Wallet(new EthereumAddress(bytes(20))));
    }

    static StatedReport ofSeed(long seed) {
        return new ReportArbitraries(seed).report();
    }

    private StatedReport report() {
        for (int i = random.nextInt(3); i > 0; i--) {
            sessions.add(session());
        }
        for (int groups = random.nextInt(8); groups > 0; groups--) {
            group(FORMS[random.nextInt(FORMS.length)]);
        }
        boolean aggregated = receipts.stream().anyMatch(receipt -> receipt.proof() instanceof Proof.InAggregate);
        return new StatedReport(receipts, batches, sessions, aggregated ? Optional.of(bytes(96)) : Optional.empty());
    }

    private void group(SignatureForm form) {
        if (form == SignatureForm.SESSION && sessions.isEmpty()) {
            return;
        }
        int session = form == SignatureForm.SESSION ? random.nextInt(sessions.size()) : -1;
        InfoHash torrent = session < 0 ? pick(torrents) : sessions.get(session).infoHash();
        AccountKey sender = session < 0 ? pick(keys) : sessions.get(session).sender();
        AccountKey receiver =
                session < 0 ? receiver(form) : sessions.get(session).receiver();
        if (form == SignatureForm.BATCH) {
            batches.add(bytes(signatureSize(receiver)));
        }
        for (int count = 1 + random.nextInt(4); count > 0; count--) {
            Proof proof =
                    switch (form) {
                        case SINGLE -> new Proof.Single(bytes(signatureSize(receiver)));
                        case TYPED -> new Proof.Typed(bytes(65));
                        case AGGREGATE -> new Proof.InAggregate();
                        case BATCH -> new Proof.InBatch(batches.size() - 1);
                        case SESSION -> new Proof.InSession(session, bytes(64));
                    };
            receipts.add(receipt(torrent, sender, receiver, proof));
        }
    }

    private StatedReceipt receipt(InfoHash torrent, AccountKey sender, AccountKey receiver, Proof proof) {
        return new StatedReceipt(
                torrent,
                sender,
                receiver,
                new PieceIndex(random.nextInt() & PieceIndex.MAX),
                new PieceLength(1 + (random.nextInt() & (PieceLength.MAX >> 1))),
                new PieceHash(bytes(torrent.kind().size())),
                time(),
                proof);
    }

    /** Its times need not be those of a certificate: whoever reads the report does not judge them. */
    private StatedSession session() {
        return new StatedSession(
                pick(torrents),
                pick(keys),
                (AccountKey.Bls) receiver(SignatureForm.SESSION),
                Bytes32.wrap(bytes(32)),
                bytes(33),
                time(),
                time(),
                bytes(96));
    }

    private AccountKey receiver(SignatureForm form) {
        return switch (form) {
            case SINGLE, BATCH -> pick(keys);
            case TYPED -> keys.get(1 + 2 * random.nextInt(2));
            case AGGREGATE, SESSION -> keys.get(2 * random.nextInt(2));
        };
    }

    private static int signatureSize(AccountKey receiver) {
        return receiver.kind() == AccountKey.Kind.BLS ? 96 : 65;
    }

    private long time() {
        return random.nextLong() & Long.MAX_VALUE;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private Bytes bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return Bytes.wrap(bytes);
    }
}
