package io.pbts.protocol.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;

/**
 * Receipts v2 that somebody hands in together, and the proofs that several of them share.
 *
 * @param batches signature of each batch; its receipts are those that name it, in their order
 * @param aggregate the sum of the signatures of all receipts that have no other proof
 */
public record StatedReport(
        List<StatedReceipt> receipts, List<Bytes> batches, List<StatedSession> sessions, Optional<Bytes> aggregate) {
    public StatedReport {
        receipts = List.copyOf(receipts);
        batches = List.copyOf(batches);
        sessions = List.copyOf(sessions);
        boolean[] used = new boolean[batches.size()];
        boolean aggregated = false;
        for (StatedReceipt receipt : receipts) {
            switch (receipt.proof()) {
                case Proof.InBatch(int batch) -> used[at(batch, batches)] = true;
                case Proof.InSession(int session, Bytes _) -> requireSame(receipt, sessions.get(at(session, sessions)));
                case Proof.InAggregate _ -> aggregated = true;
                case Proof.Single _, Proof.Typed _ -> {}
            }
        }
        for (boolean one : used) {
            require(one, "a batch without receipts");
        }
        require(
                aggregated == aggregate.isPresent(),
                aggregated ? "receipts without a signature, and no aggregate" : "an aggregate of no receipts");
    }

    /**
     * One report of several: their batches are numbered anew, a session that several have is there once.
     *
     * @throws IllegalArgumentException when one has an aggregate, which covers what was in its own report
     */
    public static StatedReport join(List<StatedReport> parts) {
        List<StatedReceipt> receipts = new ArrayList<>();
        List<Bytes> batches = new ArrayList<>();
        Map<StatedSession, Integer> sessions = new LinkedHashMap<>();
        for (StatedReport part : parts) {
            require(part.aggregate.isEmpty(), "an aggregate stands alone");
            for (StatedReceipt receipt : part.receipts) {
                receipts.add(
                        switch (receipt.proof()) {
                            case Proof.InBatch(int batch) -> receipt.with(new Proof.InBatch(batches.size() + batch));
                            case Proof.InSession(int session, Bytes signature) -> {
                                int place = sessions.computeIfAbsent(part.sessions.get(session), _ -> sessions.size());
                                yield receipt.with(new Proof.InSession(place, signature));
                            }
                            case Proof.Single _, Proof.Typed _, Proof.InAggregate _ -> receipt;
                        });
            }
            batches.addAll(part.batches);
        }
        return new StatedReport(receipts, batches, List.copyOf(sessions.keySet()), Optional.empty());
    }

    private static int at(int place, List<?> list) {
        require(place >= 0 && place < list.size(), "a receipt names what the report does not have");
        return place;
    }

    private static void requireSame(StatedReceipt receipt, StatedSession session) {
        require(
                receipt.infoHash().equals(session.infoHash())
                        && receipt.sender().equals(session.sender())
                        && receipt.receiver().equals(session.receiver()),
                "a receipt of another torrent or other parties than its session");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
