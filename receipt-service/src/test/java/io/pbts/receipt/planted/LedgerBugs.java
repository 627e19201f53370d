package io.pbts.receipt.planted;

import io.pbts.protocol.testing.PlantedBug;
import io.pbts.protocol.testing.PlantedBug.Edit;
import java.util.List;

/** Mistakes in counting receipts that others have made. The numbers are those of the list they come from. */
final class LedgerBugs {
    private static final String MAIN = "receipt-service/src/main/java/io/pbts/receipt/";
    private static final String SQL = "/src/main/resources/db/migration/";
    private static final String TESTS = "io.pbts.receipt.";
    private static final String KEY = "(instance_id, torrent_id, receiver_id, download, piece_index)";

    private static final String DOWNLOAD =
            "int download = downloads.at(torrent.id(), receiver.account().accountId(), receipt.timestamp());";
    private static final String BLS_SUM = "Bls.verifyAggregate(proven.stream()"
            + ".map(claim -> new io.pbts.protocol.crypto.BlsMessage(claim.key(), claim.message())).toList(), "
            + "Bls.aggregate(proven.stream().map(BlsSigned::signature).toList()))";

    static final List<PlantedBug> ALL = List.of(
            PlantedBug.of(
                    "1: totals are added up from what was read without a lock",
                    "reputation-service" + SQL + "V10__balances_by_name.sql",
                    "order by t.account_id for update;\n    get diagnostics",
                    "order by t.account_id;\n    get diagnostics",
                    TESTS + "ledger.LedgerConcurrencyTest#keepsTheBooksBalancedWhenPeersPayEachOtherInBothDirections"),
            new PlantedBug(
                    "2: the keys of receipts are not unique",
                    List.of(
                            new Edit(
                                    "receipt-service" + SQL + "V2__keys_evidence_and_partitions.sql",
                                    "    primary key " + KEY + ",\n",
                                    ""),
                            new Edit(MAIN + "ledger/ReceiptRows.java", "on conflict " + KEY + " do nothing", "")),
                    List.of(
                            TESTS + "ledger.LedgerConcurrencyTest#creditsTheSameReportOnceHoweverManyPostItAtOnce",
                            TESTS + "ledger.ReceiptLedgerTest#answersARepeatWithThePresentStateAndChangesNothing")),
            PlantedBug.of(
                    "3: the time of signing is a part of the key",
                    MAIN + "verification/PieceRules.java",
                    DOWNLOAD,
                    "int download = (int) receipt.timestamp();",
                    TESTS + "report.ReportCreditTest#takesTheSamePieceSignedAnewForADuplicate"),
            new PlantedBug(
                    "4: a receipt is worth what it says",
                    List.of(
                            new Edit(
                                    MAIN + "verification/PieceRules.java",
                                    "receipt.pieceSize().isPresent() && receipt.pieceSize().get() != length.bytes()",
                                    "length.bytes() < 1"),
                            new Edit(
                                    MAIN + "verification/PieceRules.java",
                                    "                length.bytes(),\n",
                                    "                receipt.pieceSize().orElse(length.bytes()),\n")),
                    List.of(TESTS + "report.OriginalDefectsTest#defect4_pieceSizeIsTheTorrents")),
            // In a weighted batch each signature is checked for itself, whoever proved what; in an aggregate none is.
            PlantedBug.of(
                    "5: keys without proof of possession enter an aggregate",
                    MAIN + "signature/AggregateProof.java",
                    "known == null || !known.proven() ||",
                    "known == null ||",
                    TESTS + "signature.SharedProofsTest#takesNoAggregateWithAKeyThatWasNotProven"),
            PlantedBug.of(
                    "7: a batch is a plain sum",
                    MAIN + "signature/BlsClaims.java",
                    "BlsBatch.verify(proven, random)",
                    "java.util.stream.Stream.of(new BitSet()).peek(all -> all.set(0, proven.size(), "
                            + "!proven.isEmpty() && " + BLS_SUM + ")).findFirst().orElseThrow()",
                    TESTS + "signature.SignatureCheckTest#refusesTwoSwappedSignaturesWhoseSumIsRight"),
            PlantedBug.of(
                    "8: the signature is a part of the key",
                    MAIN + "verification/PieceRules.java",
                    DOWNLOAD,
                    "int download = receipt.proof().hashCode() & 0x7fffffff;",
                    TESTS + "report.ReportCreditTest#takesTheSamePieceSignedAnewForADuplicate"),
            PlantedBug.of(
                    "13: a redemption is answered whose commit failed",
                    MAIN + "ledger/LedgerTransactions.java",
                    "throw new DataAccessResourceFailureException(",
                    "if (first == null) { return work.get(); } throw new DataAccessResourceFailureException(",
                    TESTS + "ledger.LedgerTransactionsTest#takesALostConnectionForAnAbsentDatabase"),
            PlantedBug.of(
                    "18: rows are inserted in the report's order",
                    MAIN + "ledger/ReceiptLedger.java",
                    "        inKeyOrder.sort(Comparator.comparing(LedgerEntry::key));\n",
                    "",
                    TESTS
                            + "ledger.LedgerConcurrencyTest"
                            + "#insertsInKeyOrderSoThatOverlappingReportsNeverWaitInACircle"),
            PlantedBug.of(
                    "18: totals are locked in any order",
                    "reputation-service" + SQL + "V10__balances_by_name.sql",
                    "order by t.account_id for update;\n    get diagnostics",
                    "order by random() for update;\n    get diagnostics",
                    TESTS
                            + "ledger.LedgerConcurrencyTest#locksAccountsInAscendingOrderSoThatReportsNeverWaitInACircle"),
            PlantedBug.of(
                    "20: the feed is cut behind transactions in flight",
                    MAIN + "feed/CreditFeed.java",
                    "               and created_xid < pg_snapshot_xmin(pg_current_snapshot())\n",
                    "",
                    TESTS + "feed.CreditFeedTest#losesNoBatchOfATransactionThatWasOpenAcrossACut"),
            PlantedBug.of(
                    "21: a repeat is an error of the client",
                    MAIN + "report/ReportAnswer.java",
                    "return new ReportAnswer(",
                    "if (judgement.results().stream().anyMatch(result -> result.code().equals(\"duplicate\"))) "
                            + "throw new io.pbts.support.Refusal(409, \"duplicate\", \"Duplicate\"); "
                            + "return new ReportAnswer(",
                    TESTS + "report.ReportCreditTest#answersARepeatWithDuplicateAndItsStateAndChangesNothing"));

    private LedgerBugs() {}
}
