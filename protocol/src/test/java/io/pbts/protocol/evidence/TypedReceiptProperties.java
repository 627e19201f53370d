package io.pbts.protocol.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.receipt.Deployment;
import io.pbts.protocol.receipt.InstanceId;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceHash;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.PieceLength;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/** No two receipts are shown to a wallet as the same typed data. */
class TypedReceiptProperties {

    /** A receipt and the deployment that it is for. */
    record Placed(Deployment deployment, ReceiptV2 receipt) {
        Bytes32 digest() {
            return TypedReceipt.digest(receipt, deployment);
        }
    }

    /** Few values per field, so that two receipts often differ in one field only. */
    @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE)
    void receiptsShareTheirDigestOnlyWhenTheyAreEqual(@ForAll("placed") Placed one, @ForAll("placed") Placed other) {
        assertThat(one.digest().equals(other.digest())).isEqualTo(one.equals(other));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void anyChangeOfOneFieldChangesTheDigestAndTheSignedBytes(@ForAll("placed") Placed placed) {
        assertThat(neighbours(placed)).hasSize(10).allSatisfy(changed -> {
            assertThat(changed).isNotEqualTo(placed);
            assertThat(changed.digest()).isNotEqualTo(placed.digest());
            assertThat(changed.receipt().signedBytes())
                    .isNotEqualTo(placed.receipt().signedBytes());
        });
    }

    /** What differs from a receipt in one field; hashes change together only where their kind does. */
    private static List<Placed> neighbours(Placed placed) {
        ReceiptV2 good = placed.receipt();
        Deployment here = placed.deployment();
        InfoHash info = good.infoHash();
        PieceHash piece = good.pieceHash();
        AccountKey sender = good.sender();
        AccountKey receiver = good.receiver();
        InfoHash otherInfo = new InfoHash(flipped(info.bytes()));
        PieceHash otherPiece = new PieceHash(flipped(piece.bytes()));
        Deployment elsewhere = new Deployment(here.chainId() + 1, here.contract(), here.instance());
        return List.of(
                of(elsewhere, info, sender, receiver, good, piece),
                of(here, otherInfo, sender, receiver, good, piece),
                of(here, info, sender, receiver, good, otherPiece),
                of(here, otherKind(info), sender, receiver, good, otherKind(piece)),
                of(here, info, flipped(sender), receiver, good, piece),
                of(here, info, otherKind(sender), receiver, good, piece),
                of(here, info, sender, flipped(receiver), good, piece),
                numbered(placed, new PieceIndex(good.index().value() ^ 1), good.length(), good.timestamp()),
                numbered(placed, good.index(), new PieceLength(good.length().bytes() ^ 4), good.timestamp()),
                numbered(placed, good.index(), good.length(), good.timestamp() ^ 1));
    }

    private static Placed of(
            Deployment place, InfoHash info, AccountKey sender, AccountKey receiver, ReceiptV2 good, PieceHash piece) {
        return new Placed(
                place,
                new ReceiptV2(
                        place.domain(), info, sender, receiver, good.index(), good.length(), piece, good.timestamp()));
    }

    private static Placed numbered(Placed placed, PieceIndex index, PieceLength length, long timestamp) {
        ReceiptV2 good = placed.receipt();
        return new Placed(
                placed.deployment(),
                new ReceiptV2(
                        good.domain(),
                        good.infoHash(),
                        good.sender(),
                        good.receiver(),
                        index,
                        length,
                        good.pieceHash(),
                        timestamp));
    }

    private static Bytes flipped(Bytes bytes) {
        return Bytes.concatenate(bytes.slice(0, bytes.size() - 1), Bytes.of(bytes.get(bytes.size() - 1) ^ 1));
    }

    private static AccountKey flipped(AccountKey key) {
        return AccountKey.of(key.kind(), flipped(key.bytes()));
    }

    /** As long as another kind of key is, with the same number in it. */
    private static AccountKey otherKind(AccountKey key) {
        return switch (key.kind()) {
            case BLS -> AccountKey.of(AccountKey.Kind.ADDRESS, key.bytes().slice(28));
            case ADDRESS -> AccountKey.of(AccountKey.Kind.BLS, leftPadded(key.bytes(), 48));
        };
    }

    private static InfoHash otherKind(InfoHash hash) {
        return new InfoHash(
                hash.bytes().size() == 20
                        ? leftPadded(hash.bytes(), 32)
                        : hash.bytes().slice(12));
    }

    private static PieceHash otherKind(PieceHash hash) {
        return new PieceHash(
                hash.bytes().size() == 20
                        ? leftPadded(hash.bytes(), 32)
                        : hash.bytes().slice(12));
    }

    private static Bytes leftPadded(Bytes bytes, int size) {
        return Bytes.concatenate(Bytes.repeat((byte) 0, size - bytes.size()), bytes);
    }

    @Provide
    Arbitrary<Placed> placed() {
        return Arbitraries.of(20, 32).flatMap(hashSize -> Combinators.combine(
                        deployments(),
                        bytes(hashSize),
                        senders(),
                        bytes(20),
                        Arbitraries.of(0L, 1L, PieceIndex.MAX),
                        Arbitraries.of(1L, 2L, PieceLength.MAX),
                        bytes(hashSize),
                        Arbitraries.of(0L, 1L, Long.MAX_VALUE))
                .as((deployment, info, sender, receiver, index, length, piece, time) -> new Placed(
                        deployment,
                        new ReceiptV2(
                                deployment.domain(),
                                new InfoHash(info),
                                sender,
                                new AccountKey.Wallet(new EthereumAddress(receiver)),
                                new PieceIndex(index),
                                new PieceLength(length),
                                new PieceHash(piece),
                                time))));
    }

    private static Arbitrary<Deployment> deployments() {
        return Combinators.combine(Arbitraries.of(1L, 2L), bytes(20), bytes(32))
                .as((chain, contract, instance) ->
                        new Deployment(chain, new EthereumAddress(contract), new InstanceId(Bytes32.wrap(instance))));
    }

    private static Arbitrary<AccountKey> senders() {
        Arbitrary<AccountKey> bls = bytes(48).map(AccountKey.Bls::new);
        Arbitrary<AccountKey> wallets = bytes(20).map(bytes -> new AccountKey.Wallet(new EthereumAddress(bytes)));
        return Arbitraries.oneOf(bls, wallets);
    }

    /** All zeros, or a one at the end: where padding could hide a difference. */
    private static Arbitrary<Bytes> bytes(int size) {
        return Arbitraries.of(0, 1).map(last -> Bytes.concatenate(Bytes.repeat((byte) 0, size - 1), Bytes.of(last)));
    }
}
