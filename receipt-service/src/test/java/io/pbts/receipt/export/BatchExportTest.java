package io.pbts.receipt.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.audit.Anchor;
import io.pbts.protocol.audit.EpochVerifier;
import io.pbts.protocol.audit.Verdict;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.crypto.Secp256k1SecretKey;
import io.pbts.protocol.epoch.EpochBatch;
import io.pbts.protocol.epoch.EpochHeader;
import io.pbts.protocol.epoch.EpochMember;
import io.pbts.protocol.epoch.EpochPart;
import io.pbts.protocol.epoch.EpochReader;
import io.pbts.protocol.epoch.EpochReader.Located;
import io.pbts.protocol.epoch.EpochRecord;
import io.pbts.protocol.epoch.EpochRow;
import io.pbts.protocol.epoch.EpochSum;
import io.pbts.protocol.evidence.BatchStatement;
import io.pbts.protocol.evidence.SessionCertificate;
import io.pbts.protocol.evidence.TypedReceipt;
import io.pbts.protocol.hash.Hex;
import io.pbts.protocol.merkle.AccountSum;
import io.pbts.protocol.merkle.GrowingLog;
import io.pbts.protocol.merkle.SumsTree;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.report.BinaryReport;
import io.pbts.protocol.report.Proof;
import io.pbts.protocol.report.StatedReceipt;
import io.pbts.protocol.report.StatedReport;
import io.pbts.protocol.report.StatedSession;
import io.pbts.receipt.testing.Draft;
import io.pbts.receipt.testing.Http.Reply;
import io.pbts.receipt.testing.LocalTracker;
import io.pbts.receipt.testing.Peer;
import io.pbts.receipt.testing.WalletPeer;
import io.pbts.receipt.testing.World;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read back from the ledger is what was signed: an auditor's verifier takes it. */
class BatchExportTest extends LocalTracker {
    private static final Secp256k1SecretKey SESSION_KEY = Secp256k1SecretKey.fromBytes(Bytes32.repeat((byte) 9));
    private final long now = World.CLOCK.instant().getEpochSecond();
    private long batchesBefore;

    @TempDir
    private Path folder;

    @BeforeEach
    void remember() {
        batchesBefore = WORLD.number("select coalesce(max(batch_seq), 0) from receipt.credit_batch");
    }

    @Test
    void everyKindCanBeVerifiedFromItsExport() throws IOException {
        WalletPeer seller = NEIGHBOURS.add(WORLD.wallet(World.GIB));
        WalletPeer buyer = NEIGHBOURS.add(WORLD.wallet(World.GIB));
        Reply reply = report(
                sender,
                draft(0).v2(),
                draft(1).original(),
                draft(2).bep10(now / 3600),
                Draft.variant(seller, buyer, TORRENT.v1(), 3, now),
                Draft.of(sender, buyer, TORRENT.v1(), 4),
                Draft.of(sender, receiver, HYBRID.v2(), 2).v2());
        assertThat(reply.codes()).hasSize(6).containsOnly("credited");
        requireVerified(6);
    }

    @Test
    void everyFormCanBeVerifiedFromItsExport() throws IOException {
        WalletPeer wallet = NEIGHBOURS.add(WORLD.wallet(World.GIB));
        var typed = wallet.secret().sign(TypedReceipt.digest(statement(wallet.key(), 1), Draft.DEPLOYMENT));
        List<ReceiptV2> members = IntStream.range(4, 7)
                .mapToObj(piece -> statement(receiver.key(), piece))
                .toList();
        var root = Bls.sign(
                receiver.secret(),
                BatchStatement.over(Draft.DOMAIN, receiver.key(), members).signedBytes());
        var inSession = SESSION_KEY.signCompact(SessionCertificate.digest(statement(receiver.key(), 3)));
        Reply reply = post(new StatedReport(
                List.of(
                        stated(receiver.key(), 0, new Proof.Single(sign(receiver, 0))),
                        stated(wallet.key(), 1, new Proof.Typed(typed)),
                        stated(receiver.key(), 2, new Proof.InAggregate()),
                        stated(receiver.key(), 3, new Proof.InSession(0, inSession)),
                        stated(receiver.key(), 4, new Proof.InBatch(0)),
                        stated(receiver.key(), 5, new Proof.InBatch(0)),
                        stated(receiver.key(), 6, new Proof.InBatch(0))),
                List.of(root.bytes()),
                List.of(session()),
                Optional.of(sign(receiver, 2))));
        assertThat(reply.codes()).hasSize(7).containsOnly("credited");
        requireVerified(7);
    }

    @Test
    void anAggregateHasItsMembersWhereverTheirRowsAre() throws IOException {
        assertThat(report(sender, draft(10).v2()).codes()).containsExactly("credited");
        assertThat(aggregate(receiver, 10, 11, 12).codes()).containsExactly("duplicate", "credited", "credited");
        requireVerified(3);
    }

    /** One is credited at once and the others when the receiver has earned: two batches, one signature. */
    @Test
    void anAggregateOfWhichSomeWereHeldIsVerifiedInBothBatches() throws IOException {
        WORLD.sql("select reputation.set_policy(0.5, %d)".formatted(PIECE / 2));
        try {
            Peer newcomer = NEIGHBOURS.add(WORLD.peer(0));
            assertThat(aggregate(newcomer, 20, 21, 22).codes()).containsExactly("credited", "held", "held");
            WORLD.grant(newcomer, World.GIB);
            eventually(() -> WORLD.down(newcomer) == 3 * PIECE);
            List<List<EpochRecord>> batches = requireVerified(3);
            assertThat(batches).hasSize(2);
            assertThat(batches.getFirst().stream().filter(EpochMember.class::isInstance))
                    .hasSize(2);
            assertThat(batches.getLast().stream().filter(EpochMember.class::isInstance))
                    .hasSize(1);
        } finally {
            WORLD.sql("select reputation.set_policy(0.5, %d)".formatted(World.OVERDRAFT));
        }
    }

    @Test
    void whatCannotBeMadeAgainIsExportedByItsHashes() throws IOException {
        assertThat(aggregate(receiver, 30, 31).codes()).containsOnly("credited");
        assertThat(report(sender, draft(32).v2(), draft(33).v2()).codes()).containsOnly("credited");
        // As after a successor: what was signed names another contract than the one that is asked for now.
        WORLD.admin().sql("""
                update receipt.receipt set signed_digest = sha256('signed for an earlier contract')
                 where receipt_seq in (select k.receipt_seq from receipt.receipt_key k
                     where k.receiver_id = ? and k.piece_index in (30, 32))""").param(receiver.id()).update();
        List<EpochRow> rows = batches().stream()
                .flatMap(List::stream)
                .filter(EpochRow.class::isInstance)
                .map(EpochRow.class::cast)
                .toList();
        assertThat(rows).hasSize(4);
        assertThat(rows.stream().filter(row -> row.proof() instanceof EpochRow.Hashes))
                .as("that one, its neighbour in the aggregate, and the third")
                .extracting(row -> row.index().value())
                .containsExactly(30L, 31L, 32L);
    }

    @Test
    void isForContractServiceAndSaysWhenThereIsNothing() {
        assertThat(http.asService("contract").get("/internal/v1/batches/999999").status())
                .isEqualTo(404);
        assertThat(http.asService("announce").get("/internal/v1/batches/1").status())
                .isEqualTo(403);
        assertThat(report(sender, draft(40).v2()).codes()).containsExactly("credited");
        WORLD.admin().sql("""
                delete from receipt.receipt where receipt_seq in
                    (select receipt_seq from receipt.receipt_key where receiver_id = ?)""").param(receiver.id()).update();
        Reply archived = http.asService("contract").get("/internal/v1/batches/" + (batchesBefore + 1));
        assertThat(archived.status()).isEqualTo(410);
        assertThat(archived.json().path("code").asString()).isEqualTo("batch-archived");
    }

    /** Puts the new batches into a file with the roots that the ledger has, and verifies it with every signature. */
    private List<List<EpochRecord>> requireVerified(int receipts) throws IOException {
        List<Long> numbers = numbers();
        List<List<EpochRecord>> batches = batches();
        Map<ChainAccount, AccountSum> sums = new HashMap<>();
        GrowingLog roots = new GrowingLog();
        var body = new ByteArrayOutputStream();
        for (int i = 0; i < numbers.size(); i++) {
            List<EpochRow> rows = batches.get(i).stream()
                    .filter(EpochRow.class::isInstance)
                    .map(EpochRow.class::cast)
                    .toList();
            Bytes32 root = Bytes32.wrap(Hex.decode(WORLD.admin()
                    .sql("select encode(rows_root, 'hex') from receipt.credit_batch where batch_seq = ?")
                    .param(numbers.get(i))
                    .query(String.class)
                    .single()));
            roots.add(root);
            body.writeBytes(new EpochBatch(numbers.get(i), i + 1, rows.size(), root).framed());
            batches.get(i).forEach(record -> body.writeBytes(record.framed()));
            rows.forEach(row -> {
                add(sums, new AccountSum(row.sender(), row.bytes(), 0));
                add(sums, new AccountSum(row.receiver(), 0, row.bytes()));
            });
        }
        SumsTree tree = SumsTree.of(List.copyOf(sums.values()));
        var file = new ByteArrayOutputStream();
        file.writeBytes(new EpochHeader(Draft.DEPLOYMENT, 1, 1, numbers.size(), receipts, 1, roots.root(), Bytes32.ZERO)
                .framed());
        file.writeBytes(body.toByteArray());
        file.writeBytes(new EpochPart(1, tree.sums().size(), tree.root()).framed());
        tree.sums().forEach(sum -> file.writeBytes(new EpochSum(sum).framed()));
        Path path = Files.write(folder.resolve("epoch"), file.toByteArray());
        Verdict verdict = new EpochVerifier(new Anchor.None(), Optional.of(new SecureRandom())).verify(path);
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Intact.class, intact -> {
            assertThat(intact.signatures()).isEqualTo(receipts);
            assertThat(intact.unverifiable()).isZero();
        });
        return batches;
    }

    private List<Long> numbers() {
        return WORLD.numbers(
                "select batch_seq from receipt.credit_batch where batch_seq > %d order by 1".formatted(batchesBefore));
    }

    private List<List<EpochRecord>> batches() throws IOException {
        List<List<EpochRecord>> batches = new ArrayList<>();
        for (long number : numbers()) {
            byte[] bytes = http.asService("contract").bytes("/internal/v1/batches/" + number);
            List<EpochRecord> records = new ArrayList<>();
            try (EpochReader reader = new EpochReader(new ByteArrayInputStream(bytes))) {
                for (Optional<Located> next = reader.next(); next.isPresent(); next = reader.next()) {
                    records.add(next.get().content());
                }
            }
            batches.add(records);
        }
        return batches;
    }

    private static void add(Map<ChainAccount, AccountSum> sums, AccountSum sum) {
        sums.merge(
                sum.account(),
                sum,
                (one, more) -> new AccountSum(one.account(), one.up() + more.up(), one.down() + more.down()));
    }

    private Reply aggregate(Peer from, int... pieces) {
        List<StatedReceipt> receipts = new ArrayList<>();
        List<BlsSignature> signatures = new ArrayList<>();
        for (int piece : pieces) {
            receipts.add(stated(from.key(), piece, new Proof.InAggregate()));
            signatures.add(BlsSignature.of(sign(from, piece)));
        }
        return post(new StatedReport(
                receipts,
                List.of(),
                List.of(),
                Optional.of(Bls.aggregate(signatures).bytes())));
    }

    private Reply post(StatedReport report) {
        return http.postBytes(
                "/api/v1/reports",
                BinaryReport.encode(report).toArray(),
                "Content-Type",
                BinaryReport.MEDIA_TYPE,
                "X-PBTS-Passkey",
                sender.passkey().value());
    }

    private Bytes sign(Peer from, int piece) {
        return from.sign(statement(from.key(), piece));
    }

    private ReceiptV2 statement(AccountKey to, int piece) {
        return Draft.statement(sender.key(), to, TORRENT.v1(), piece);
    }

    private StatedReceipt stated(AccountKey to, int piece, Proof proof) {
        ReceiptV2 receipt = statement(to, piece);
        return new StatedReceipt(
                receipt.infoHash(),
                receipt.sender(),
                to,
                receipt.index(),
                receipt.length(),
                receipt.pieceHash(),
                now,
                proof);
    }

    private StatedSession session() {
        Bytes key = SESSION_KEY.publicKey().bytes();
        var id = Bytes32.repeat((byte) 4);
        var hash = TORRENT.v1().infoHash();
        var certificate =
                new SessionCertificate(Draft.DOMAIN, id, hash, sender.key(), receiver.key(), key, now - 60, now + 3600);
        return new StatedSession(
                hash,
                sender.key(),
                receiver.key(),
                id,
                key,
                now - 60,
                now + 3600,
                Bls.sign(receiver.secret(), certificate.signedBytes()).bytes());
    }
}
