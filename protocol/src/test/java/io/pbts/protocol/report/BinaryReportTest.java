package io.pbts.protocol.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pbts.protocol.Vectors;
import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.layout.LayoutException;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.torrent.PieceHash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Whole reports in their binary form, as independent code writes them. */
class BinaryReportTest {

    private static final JsonNode VECTORS = Vectors.read("reports-binary.json");
    private static final ReceiptDomain DOMAIN = ReceiptDomain.fromHex(Vectors.text(VECTORS, "domain"));
    private static final String EVERY_FORM = "every form, several torrents and keys";
    private static final int LIMIT = 256;

    static Stream<JsonNode> cases() {
        return Vectors.list(VECTORS.required("cases")).stream();
    }

    static Stream<JsonNode> refused() {
        return Vectors.list(VECTORS.required("refused")).stream();
    }

    /** The writer numbers by first use; this one vector has its tables in another order. */
    static Stream<JsonNode> inTheWritersOrder() {
        return cases().filter(vector -> !Vectors.text(vector, "name").equals(EVERY_FORM));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void statesTheReceiptsOfTheVectorInTheirOrder(JsonNode vector) {
        List<StatedReceipt> receipts = decode(vector).receipts();
        List<JsonNode> expected = Vectors.list(vector.required("receipts"));
        assertThat(receipts).hasSameSizeAs(expected);
        for (int i = 0; i < receipts.size(); i++) {
            assertThat(signed(receipts.get(i)).signedBytes()).isEqualTo(Vectors.bytes(expected.get(i), "signed_bytes"));
            assertThat(receipts.get(i).proof().form().wireName()).isEqualTo(Vectors.text(expected.get(i), "form"));
            assertThat(receipts.get(i).proof().form().number())
                    .isEqualTo((int) Vectors.number(expected.get(i), "form_number"));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void hasTheSignaturesThatTheVectorsJsonHas(JsonNode vector) {
        StatedReport report = decode(vector);
        JsonNode json = vector.required("report");
        assertThat(report.receipts().stream().flatMap(receipt -> own(receipt.proof())))
                .containsExactlyElementsOf(texts(json, "receipts", "signature"));
        assertThat(report.batches()).containsExactlyElementsOf(texts(json, "batches", "signature"));
        assertThat(report.sessions().stream().map(StatedSession::signature))
                .containsExactlyElementsOf(texts(json, "sessions", "signature"));
        assertThat(report.sessions().stream().map(StatedSession::sessionKey))
                .containsExactlyElementsOf(texts(json, "sessions", "session_key"));
        assertThat(report.aggregate())
                .isEqualTo(json.optional("aggregate_signature").map(text -> Bytes.fromHexString(text.asString())));
    }

    @ParameterizedTest
    @MethodSource("inTheWritersOrder")
    void isWrittenByteForByteAsTheVector(JsonNode vector) {
        assertThat(BinaryReport.encode(decode(vector))).isEqualTo(Vectors.bytes(vector, "body"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysTheSameAfterItWasWrittenAgain(JsonNode vector) {
        StatedReport report = decode(vector);
        assertThat(BinaryReport.decode(BinaryReport.encode(report), LIMIT)).isEqualTo(report);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatIsNoReportIsRefusedWithAReason(JsonNode vector) {
        assertThatExceptionOfType(LayoutException.class)
                .isThrownBy(() -> decode(vector))
                .withMessageMatching(".{5,}");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void stopsAtTheFirstGroupThatGoesOverTheLimit(JsonNode vector) {
        int count = decode(vector).receipts().size();
        Bytes body = Vectors.bytes(vector, "body");
        assertThat(BinaryReport.decode(body, count).receipts()).hasSize(count);
        assertThatExceptionOfType(TooManyReceipts.class)
                .isThrownBy(() -> BinaryReport.decode(body, count - 1))
                .withMessageContaining("more than " + (count - 1));
    }

    @Test
    void theReceiptsOfABatchAreWrittenTogetherAndInOrderOrNotAtAll() {
        StatedReport whole = decode(named(EVERY_FORM));
        List<StatedReceipt> reversed = new ArrayList<>(whole.receipts());
        Collections.reverse(reversed);
        var report = new StatedReport(reversed, whole.batches(), whole.sessions(), whole.aggregate());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BinaryReport.encode(report))
                .withMessageContaining("follow each other");
    }

    @Test
    void aReportCountsTo65535() {
        StatedReceipt one = decode(named("single, BLS")).receipts().getFirst();
        StatedReport full = ofCopies(one, 65_535);
        assertThat(BinaryReport.decode(BinaryReport.encode(full), 65_535)).isEqualTo(full);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BinaryReport.encode(ofCopies(one, 65_536)))
                .withMessageContaining("65536");
    }

    @Test
    void aReportNamesOnlyWhatItHas() {
        StatedReport session = decode(named("session"));
        StatedReport batch = decode(named("batch, BLS"));
        StatedReport aggregate = decode(named("aggregate"));
        assertRefused(session.receipts(), List.of(), List.of(), Optional.empty(), "does not have");
        assertRefused(batch.receipts(), List.of(), List.of(), Optional.empty(), "does not have");
        assertRefused(List.of(), batch.batches(), List.of(), Optional.empty(), "a batch without receipts");
        assertRefused(aggregate.receipts(), List.of(), List.of(), Optional.empty(), "and no aggregate");
        assertRefused(List.of(), List.of(), List.of(), aggregate.aggregate(), "an aggregate of no receipts");
    }

    @Test
    void aReceiptHasThePartiesAndTheTorrentOfItsSession() {
        StatedReport whole = decode(named(EVERY_FORM));
        List<StatedReceipt> ofSessions = whole.receipts().stream()
                .filter(receipt -> receipt.proof() instanceof Proof.InSession)
                .toList();
        List<StatedSession> exchanged = whole.sessions().reversed();
        assertRefused(ofSessions, List.of(), exchanged, Optional.empty(), "another torrent or other parties");
    }

    @Test
    void sessionsOfTheSamePartiesKeepTheirReceiptsApartAndOneMayHaveNone() {
        StatedReport one = decode(named("session"));
        StatedSession session = one.sessions().getFirst();
        List<StatedReceipt> inTurn = new ArrayList<>();
        for (int place : List.of(0, 2, 0)) {
            inTurn.add(with(one.receipts().getFirst(), 7, new Proof.InSession(place, Bytes.repeat((byte) place, 64))));
        }
        inTurn.add(with(one.receipts().getFirst(), 7, new Proof.Single(Bytes.repeat((byte) 9, 96))));
        var other = new StatedSession(
                session.infoHash(),
                new AccountKey.Bls(Bytes.repeat((byte) 8, 48)),
                session.receiver(),
                session.sessionId(),
                session.sessionKey(),
                session.from(),
                session.to(),
                session.signature());
        var report = new StatedReport(inTurn, List.of(), List.of(session, other, session), Optional.empty());
        assertThat(BinaryReport.decode(BinaryReport.encode(report), LIMIT)).isEqualTo(report);
    }

    @Test
    void timeBeginsWithZeroAndTheHashIsOfTheTorrentsKind() {
        StatedReceipt good = decode(named("single, BLS")).receipts().getFirst();
        assertThat(with(good, 0, good.proof()).timestamp()).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> with(good, -1, good.proof()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StatedReceipt(
                        good.infoHash(),
                        good.sender(),
                        good.receiver(),
                        good.index(),
                        good.length(),
                        new PieceHash(Bytes.repeat((byte) 1, 32)),
                        0,
                        good.proof()))
                .withMessageContaining("piece hash in a");
    }

    @Test
    void walletsAndBlsKeysSignInTheirOwnForms() {
        StatedReceipt bls = decode(named("single, BLS")).receipts().getFirst();
        StatedReceipt wallet = decode(named("typed")).receipts().getFirst();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(bls, 1, new Proof.Typed(Bytes.repeat((byte) 1, 65))))
                .withMessageContaining("only wallets");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(wallet, 1, new Proof.InAggregate()))
                .withMessageContaining("only BLS keys");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(wallet, 1, new Proof.InSession(0, Bytes.repeat((byte) 1, 64))))
                .withMessageContaining("only BLS keys");
    }

    private static StatedReceipt with(StatedReceipt receipt, long timestamp, Proof proof) {
        return new StatedReceipt(
                receipt.infoHash(),
                receipt.sender(),
                receipt.receiver(),
                receipt.index(),
                receipt.length(),
                receipt.pieceHash(),
                timestamp,
                proof);
    }

    private static void assertRefused(
            List<StatedReceipt> receipts,
            List<Bytes> batches,
            List<StatedSession> sessions,
            Optional<Bytes> aggregate,
            String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StatedReport(receipts, batches, sessions, aggregate))
                .withMessageContaining(reason);
    }

    private static StatedReport ofCopies(StatedReceipt receipt, int count) {
        return new StatedReport(Collections.nCopies(count, receipt), List.of(), List.of(), Optional.empty());
    }

    private static JsonNode named(String name) {
        return cases().filter(vector -> Vectors.text(vector, "name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static StatedReport decode(JsonNode vector) {
        return BinaryReport.decode(Vectors.bytes(vector, "body"), LIMIT);
    }

    private static Stream<Bytes> own(Proof proof) {
        return switch (proof) {
            case Proof.Single(Bytes signature) -> Stream.of(signature);
            case Proof.Typed(Bytes signature) -> Stream.of(signature);
            case Proof.InSession(int _, Bytes signature) -> Stream.of(signature);
            case Proof.InAggregate _, Proof.InBatch _ -> Stream.empty();
        };
    }

    private static List<Bytes> texts(JsonNode json, String list, String field) {
        return json.path(list)
                .valueStream()
                .flatMap(item -> item.optional(field).stream())
                .map(text -> Bytes.fromHexString(text.asString()))
                .toList();
    }

    private static ReceiptV2 signed(StatedReceipt stated) {
        return new ReceiptV2(
                DOMAIN,
                stated.infoHash(),
                stated.sender(),
                stated.receiver(),
                stated.index(),
                stated.length(),
                stated.pieceHash(),
                stated.timestamp());
    }
}
