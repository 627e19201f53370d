package io.pbts.protocol.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceHash;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.PieceLength;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

class ReceiptFieldsProperties {

    /** Few values per field, so that two receipts often differ in one field only. */
    @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE)
    void receiptsShareTheirBytesOnlyWhenTheyAreEqual(
            @ForAll("receipts") ReceiptV2 one, @ForAll("receipts") ReceiptV2 other) {
        assertThat(one.signedBytes().equals(other.signedBytes())).isEqualTo(one.equals(other));
    }

    @Provide
    Arbitrary<ReceiptV2> receipts() {
        return Arbitraries.of(20, 32).flatMap(hashSize -> Combinators.combine(
                        bytes(32),
                        bytes(hashSize),
                        keys(),
                        keys(),
                        Arbitraries.of(0L, 1L, PieceIndex.MAX),
                        Arbitraries.of(1L, 2L, PieceLength.MAX),
                        bytes(hashSize),
                        Arbitraries.of(0L, 1L, Long.MAX_VALUE))
                .as((domain, info, sender, receiver, index, length, piece, time) -> new ReceiptV2(
                        new ReceiptDomain(Bytes32.wrap(domain)),
                        new InfoHash(info),
                        sender,
                        receiver,
                        new PieceIndex(index),
                        new PieceLength(length),
                        new PieceHash(piece),
                        time)));
    }

    private static Arbitrary<AccountKey> keys() {
        Arbitrary<AccountKey> bls = bytes(48).map(AccountKey.Bls::new);
        Arbitrary<AccountKey> wallets = bytes(20).map(bytes -> new AccountKey.Wallet(new EthereumAddress(bytes)));
        return Arbitraries.oneOf(bls, wallets);
    }

    /** All zeros, or a one at the end: where padding could hide a difference. */
    private static Arbitrary<Bytes> bytes(int size) {
        return Arbitraries.of(0, 1).map(last -> Bytes.concatenate(Bytes.repeat((byte) 0, size - 1), Bytes.of(last)));
    }
}
