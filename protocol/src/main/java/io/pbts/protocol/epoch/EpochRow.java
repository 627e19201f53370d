package io.pbts.protocol.epoch;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.evidence.Evidence;
import io.pbts.protocol.evidence.SignatureForm;
import io.pbts.protocol.hash.Sha256;
import io.pbts.protocol.layout.FixedWidth;
import io.pbts.protocol.receipt.InstanceId;
import io.pbts.protocol.receipt.LedgerRow;
import io.pbts.protocol.receipt.ReceiptKind;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.TorrentId;
import java.util.Arrays;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/**
 * A credited receipt: all of its ledger row but the instance, which the header has.
 *
 * @param sequence in the tracker's ledger, ascending within a batch
 * @param bytes credited
 */
public record EpochRow(
        long sequence,
        TorrentId torrent,
        ChainAccount sender,
        ChainAccount receiver,
        PieceIndex index,
        long bytes,
        ReceiptKind kind,
        Proof proof)
        implements EpochRecord {
    private static final int FACTS = 118;
    private static final int NO_FORM = 0;

    /** What was signed and how, or only the hashes of it. */
    public sealed interface Proof {
        Bytes32 signedBytesHash();

        Bytes32 signatureHash();
    }

    /** All that is left when the evidence was pruned. */
    public record Hashes(Bytes32 signedBytesHash, Bytes32 signatureHash) implements Proof {
        public Hashes {
            signedBytesHash = signedBytesHash.copy();
            signatureHash = signatureHash.copy();
        }
    }

    /**
     * The evidence itself.
     *
     * @param receiver whose key signed, where the signed bytes do not say so: in the original tracker's two forms
     */
    public record Signed(Bytes signedBytes, Optional<AccountKey.Bls> receiver, Evidence evidence) implements Proof {
        public Signed {
            signedBytes = signedBytes.copy();
        }

        @Override
        public Bytes32 signedBytesHash() {
            return Sha256.hash(signedBytes);
        }

        @Override
        public Bytes32 signatureHash() {
            return Sha256.hash(evidence.bytes());
        }
    }

    public EpochRow {
        if (proof instanceof Signed signed && signed.receiver().isPresent() != leavesReceiverOut(kind)) {
            throw new IllegalArgumentException(
                    "the receiver's key stands beside the originals' receipts, and only there");
        }
    }

    /** Whether the signed bytes of that kind do not name the receiver. */
    public static boolean leavesReceiverOut(ReceiptKind kind) {
        return switch (kind) {
            case HTTP_V1, BEP10_V1 -> true;
            case V2_BLS, V2_SECP256K1, EIP191_V1 -> false;
        };
    }

    /** The row whose hash is a leaf of its batch. */
    public LedgerRow ledgerRow(InstanceId instance) {
        return new LedgerRow(
                instance,
                torrent,
                sender,
                receiver,
                index,
                bytes,
                kind,
                proof.signedBytesHash(),
                proof.signatureHash());
    }

    @Override
    public RecordType type() {
        return RecordType.ROW;
    }

    @Override
    public Bytes body() {
        int form = proof instanceof Signed signed ? signed.evidence().form().number() : NO_FORM;
        Bytes facts = new FixedWidth(FACTS)
                .u64(sequence)
                .bytes(torrent.bytes())
                .bytes(sender.bytes())
                .bytes(receiver.bytes())
                .u32(index.value())
                .u64(bytes)
                .u8(kind.number())
                .u8(form)
                .complete();
        return switch (proof) {
            case Hashes hashes -> Bytes.concatenate(facts, hashes.signedBytesHash(), hashes.signatureHash());
            case Signed signed ->
                Bytes.concatenate(
                        facts,
                        signed.receiver().map(AccountKey::bytes).orElse(Bytes.EMPTY),
                        Bytes.ofUnsignedShort(signed.signedBytes().size()),
                        signed.signedBytes(),
                        signed.evidence().bytes());
        };
    }

    static EpochRow read(Fields fields) {
        long sequence = fields.u63("sequence");
        var torrent = new TorrentId(fields.bytes32("torrent id"));
        var sender = new ChainAccount(fields.bytes32("sender"));
        var receiver = new ChainAccount(fields.bytes32("receiver"));
        var index = new PieceIndex(fields.u32("piece index"));
        long bytes = fields.u63("bytes credited");
        if (bytes < 1) {
            throw fields.wrong("credit nothing");
        }
        ReceiptKind kind = kind(fields);
        return new EpochRow(sequence, torrent, sender, receiver, index, bytes, kind, proof(kind, fields));
    }

    private static ReceiptKind kind(Fields fields) {
        int number = fields.u8("kind of receipt");
        return Arrays.stream(ReceiptKind.values())
                .filter(kind -> kind.number() == number)
                .findFirst()
                .orElseThrow(() -> fields.wrong("has no number " + number));
    }

    private static Proof proof(ReceiptKind kind, Fields fields) {
        int number = fields.u8("form of signature");
        if (number == NO_FORM) {
            return new Hashes(fields.bytes32("hash of the signed bytes"), fields.bytes32("hash of the evidence"));
        }
        SignatureForm form = SignatureForm.ofNumber(number).orElseThrow(() -> fields.wrong("has no number " + number));
        Optional<AccountKey.Bls> receiver = leavesReceiverOut(kind)
                ? Optional.of(new AccountKey.Bls(fields.bytes("receiver's key", AccountKey.Bls.SIZE)))
                : Optional.empty();
        Bytes signed = fields.bytes("signed bytes", fields.u16("length of the signed bytes"));
        Bytes evidence = fields.rest("evidence");
        if (evidence.isEmpty()) {
            throw fields.wrong("is missing");
        }
        return new Signed(signed, receiver, new Evidence(form, evidence));
    }
}
