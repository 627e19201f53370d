package io.pbts.protocol.receipt;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.account.UserId;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.crypto.Secp256k1;
import io.pbts.protocol.crypto.Secp256k1.Recovery;
import io.pbts.protocol.hash.Hex;
import io.pbts.protocol.hash.Keccak256;
import io.pbts.protocol.hash.Sha256;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceHash;
import io.pbts.protocol.torrent.PieceIndex;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;

/** Signatures that stacks of the original Python tracker and of its JavaScript variant make and take. */
class GoldenVectorsTest {

    private static final BlsSecretKey RECEIVER = BlsSecretKey.fromBytes(Bytes32.leftPad(Bytes.of(2)));
    private static final BlsSecretKey SENDER = BlsSecretKey.fromBytes(Bytes32.leftPad(Bytes.of(3)));
    private static final InfoHash INFO_HASH = InfoHash.fromHex("09be306d741df5cc84731d4025ef3267650f7960");
    private static final PieceHash SHA1 = PieceHash.fromHex("28ace83a91574c68c9028e4a3efe081f1aed2cd0");
    private static final PieceHash SHA256 =
            PieceHash.fromHex("728aba7ab087d04e61d75dd2f89247286ff2e6af817a4b1ebe3826ee91a716fe");

    @Test
    void publicKeys() {
        assertThat(RECEIVER.publicKey())
                .hasToString(
                        "a572cbea904d67468808c8eb50a9450c9721db309128012543902d0ac358a62ae28f75bb8f1c7c42c39a8c5529bf0f4e");
        assertThat(SENDER.publicKey())
                .hasToString(
                        "89ece308f9d1f0131765212deca99697b112d61f9be9a5f1f3780a51335b3ff981747a0b2ca2179b96d2c0c9024e5224");
        assertThat(SHA256.bytes()).isEqualTo(Sha256.hash(ascii("piece_data")));
    }

    @Test
    void aReceiptOverHttpWithTheSha1OfThePiece() {
        assertThat(signed(SHA1))
                .isEqualTo(
                        "826556da339db3e22a6291eade072060d8851df4678615187e8874b986e272d34807cf48ad5774b6baf3825d8e5244a117d8b86498f3854834eb086a8691aff85aba239478a93a7b39084c0a9b4fbb24b6c33b82a2d19bbd9859446ca6da4559");
    }

    @Test
    void aReceiptOverHttpWithTheSha256OfThePiece() {
        assertThat(signed(SHA256))
                .isEqualTo(
                        "b3b6b8c6346a518cc11078678e6ad7fdc7e121448af80de13c02ff9aa5fa14853df7bb18b015e8e499d3d75ae8dbc869160ef59146171a37a125eac1bd78fd02a80c90381cdc2ebb9e77c0f5d0cd842290ebb876ff6fdceed880803c366f330c");
    }

    @Test
    void aReceiptOfTheRustTrackerUsesAnotherSuiteAndIsRefused() {
        BlsSignature basicSuite = BlsSignature.of(
                Hex.decode(
                        "a01901a845d30705a78674943163d69ddf668ed344cbb6bcf9d0a586b71994881dcc8719bd0d0c049d15c9c90b0a3b3901859d774c760881c1a5bfd52d427071e878b8d10d90fc43c57677539ba4fd895011e1f7566d20372728cd0dc26808f4"));
        assertThat(Bls.verify(RECEIVER.publicKey(), receipt(SHA256).signedBytes(), basicSuite))
                .isFalse();
    }

    @Test
    void aRegistration() {
        Bytes message = new RegistrationMessage(InstanceId.fromHex("0".repeat(64)), new UserId("alice")).signedBytes();
        assertThat(Bls.sign(RECEIVER, message).bytes().toUnprefixedHexString())
                .isEqualTo(
                        "8a61e6c23dc75d03a93ae359d9c46ba8a3a4ffc8fb223f512e5e46c9806beafffe519d11c7ff1f98d444b1e12115b19b02ca7daff2797072fe9a5d10f92ff0f7a6a059d2049cadf2d449d595286caafe4407c5a71def6fd35a4d1db560514a51");
    }

    @Test
    void aPersonalMessageOfAWallet() {
        Bytes32 message = Bytes32.wrap(Hex.decode("e2c8fcab9b26e1ed1b02be9246c62ecac590071eecf363fc3d1b6d73ef203f9f"));
        assertThat(Secp256k1.personalDigest(message).toUnprefixedHexString())
                .isEqualTo("cf1d3cbef43a9cd3067a75813c5dd865d736c7b4e79eec85ed5f680c77aad5df");
        assertThat(
                        Secp256k1.recoverPersonal(
                                message,
                                Hex.decode(
                                        "c5f89a1aa472c5a8af16b1de41d75c6b5c952c8c14228a2116efa103acbea8be48cd8bb39ab9b8741a1e3a572984eab4e31bb491a1cb050e72ed215e1d0daf091b")))
                .isEqualTo(new Recovery.Signer(EthereumAddress.parse("0x70997970C51812dc3A010C7d01b50e0d17dc79C8")));
        assertThat(Keccak256.hash(ascii("piece_data")).toUnprefixedHexString())
                .isEqualTo("96d90a6916e92f181762a9f9a757fff3f546836514e99e76187347699ddc83b9");
    }

    private static String signed(PieceHash hash) {
        return Bls.sign(RECEIVER, receipt(hash).signedBytes()).bytes().toUnprefixedHexString();
    }

    private static LegacyHttpReceipt receipt(PieceHash hash) {
        AccountKey.Bls sender = SENDER.publicKey().accountKey();
        AccountKey.Bls receiver = RECEIVER.publicKey().accountKey();
        return new LegacyHttpReceipt(INFO_HASH, sender, receiver, new PieceIndex(0), hash, 1_700_000_000);
    }

    private static Bytes ascii(String text) {
        return Bytes.wrap(text.getBytes(US_ASCII));
    }
}
