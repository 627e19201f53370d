package io.pbts.protocol.signin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.account.UserId;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.crypto.PersonalMessage;
import io.pbts.protocol.crypto.Secp256k1;
import io.pbts.protocol.crypto.Secp256k1.Recovery;
import io.pbts.protocol.crypto.Secp256k1SecretKey;
import io.pbts.protocol.hash.Keccak256;
import io.pbts.protocol.receipt.InstanceId;
import io.pbts.protocol.receipt.LegacyHttpReceipt;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.receipt.RegistrationMessage;
import io.pbts.protocol.signin.SignInVerdict.Accepted;
import io.pbts.protocol.signin.SignInVerdict.Refusal;
import io.pbts.protocol.signin.SignInVerdict.Refused;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceHash;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.PieceLength;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/** A signature made to sign in never counts as a receipt, nor a receipt's as a way in: by bytes, and with real keys. */
class SeparationProperties {

    private static final BlsSecretKey BLS = BlsSecretKey.fromBytes(Bytes32.leftPad(Bytes.of(2)));
    private static final Secp256k1SecretKey WALLET = Secp256k1SecretKey.fromBytes(Bytes32.leftPad(Bytes.of(9)));
    private static final int EIP191_V1_SIZE = 200;

    /** What a receipt or a login is made of, chosen so that fields may begin with the other's tag. */
    record Material(Bytes info, Bytes piece, Bytes32 domain, long number, String user) {}

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void noLoginSharesItsBytesWithAnythingElseABlsKeySigns(
            @ForAll("material") Material material, @ForAll("purposes") SigningPurpose purpose) {
        Bytes login = login(material, purpose).signedBytes();
        assertThat(login.size()).isEqualTo(132);
        assertThat(others(material)).allSatisfy(other -> {
            assertThat(other).isNotEqualTo(login);
            assertThat(LoginMessage.parse(other)).isEmpty();
            assertThat(other.size() == login.size() && other.slice(0, 10).equals(login.slice(0, 10)))
                    .isFalse();
        });
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void aBlsSignatureOverOneVerifiesOverNoOther(
            @ForAll("material") Material material, @ForAll("purposes") SigningPurpose purpose) {
        LoginMessage login = login(material, purpose);
        BlsSignature signature = Bls.sign(BLS, login.signedBytes());
        assertThat(login.verify(signature, Instant.EPOCH)).isEqualTo(new Accepted());
        assertThat(login.verify(Bls.provePossession(BLS), Instant.EPOCH))
                .isEqualTo(new Refused(Refusal.INVALID_SIGNATURE));
        assertThat(Bls.verifyPossession(BLS.publicKey(), signature)).isFalse();
        assertThat(others(material)).allSatisfy(other -> {
            assertThat(Bls.verify(BLS.publicKey(), other, signature)).isFalse();
            assertThat(login.verify(Bls.sign(BLS, other), Instant.EPOCH))
                    .isEqualTo(new Refused(Refusal.INVALID_SIGNATURE));
        });
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void noSignInTextIsHashedAsAReceiptIs(
            @ForAll("messages") SiweMessage message, @ForAll @Size(32) byte[] receiptHash) {
        PersonalMessage text = PersonalMessage.of(message.text());
        PersonalMessage receipt = new PersonalMessage(Bytes.wrap(receiptHash));
        assertThat(text.bytes().size()).isGreaterThan(100);
        assertThat(text.prefixed()).isNotEqualTo(receipt.prefixed());
        assertThat(lengthOf(receipt)).startsWith("32");
        assertThat(text.prefixed().size()).isNotEqualTo(receipt.prefixed().size());
    }

    /** Whatever the 32 bytes of a receipt's hash spell, they are too few for a text that signs in. */
    @Property(tries = 500)
    void noReceiptHashIsASignInText(@ForAll @Size(32) byte[] hash) {
        Optional<SiweMessage> message = parse(new String(hash, UTF_8));
        assertThat(message).isEmpty();
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void aWalletsSignatureOverOneIsAnothersOverTheOther(
            @ForAll("material") Material material, @ForAll @LongRange(min = 1) long chain) {
        SignInSite site =
                new SignInSite(new AbsoluteUri("https://tracker.example"), chain, new InstanceId(material.domain()));
        LoginNonce nonce = new LoginNonce(material.piece().slice(0, 16));
        SiweMessage message = site.challenge(
                SigningPurpose.SIGN_IN, WALLET.address(), nonce, Instant.EPOCH, Instant.ofEpochSecond(300));
        SignInExpectation expected = site.expects(SigningPurpose.SIGN_IN, WALLET.address(), nonce);
        Bytes login = WALLET.sign(PersonalMessage.of(message.text()));
        assertThat(expected.verify(message, login, Instant.EPOCH)).isEqualTo(new Accepted());
        assertThat(walletReceiptHashes(material)).allSatisfy(hash -> {
            Bytes receipt = WALLET.signPersonal(hash);
            Recovery.Signer signer = new Recovery.Signer(WALLET.address());
            assertThat(Secp256k1.recoverPersonal(hash, receipt)).isEqualTo(signer);
            assertThat(Secp256k1.recoverPersonal(hash, login)).isNotEqualTo(signer);
            assertThat(expected.verify(message, receipt, Instant.EPOCH))
                    .isEqualTo(new Refused(Refusal.INVALID_SIGNATURE));
        });
    }

    @Provide
    Arbitrary<SiweMessage> messages() {
        return SiweArbitraries.messages();
    }

    @Provide
    Arbitrary<SigningPurpose> purposes() {
        return Arbitraries.of(SigningPurpose.values());
    }

    @Provide
    Arbitrary<Material> material() {
        return Combinators.combine(
                        tagged(20),
                        tagged(20),
                        tagged(32),
                        Arbitraries.longs().between(0, Long.MAX_VALUE),
                        Arbitraries.strings()
                                .withChars("PBTS-LOGIN")
                                .ofMinLength(1)
                                .ofMaxLength(64))
                .as((info, piece, domain, number, user) ->
                        new Material(info, piece, Bytes32.wrap(domain), number, user));
    }

    private static Arbitrary<Bytes> tagged(int size) {
        Bytes tag = Bytes.concatenate(Bytes.wrap("PBTS-LOGIN".getBytes(UTF_8)), Bytes.of(1, 1));
        return Arbitraries.bytes()
                .array(byte[].class)
                .ofSize(size)
                .map(Bytes::wrap)
                .flatMap(random -> Arbitraries.of(random, Bytes.concatenate(tag, random.slice(tag.size()))));
    }

    private static LoginMessage login(Material material, SigningPurpose purpose) {
        return new LoginMessage(
                purpose,
                new InstanceId(material.domain()),
                BLS.publicKey(),
                new LoginNonce(material.piece().slice(0, 16)),
                material.number());
    }

    /** Both forms of receipt that exist, the wallets' form of the original that is planned, and the registration text. */
    private static List<Bytes> others(Material material) {
        AccountKey.Bls key = BLS.publicKey().accountKey();
        InfoHash info = new InfoHash(material.info());
        PieceHash wide = new PieceHash(
                Bytes.concatenate(material.piece(), material.info().slice(0, 12)));
        PieceIndex index = new PieceIndex(material.number() & 0xffffffffL);
        return Stream.of(
                        v2(material, key).signedBytes(),
                        v2(material, new AccountKey.Wallet(WALLET.address())).signedBytes(),
                        new LegacyHttpReceipt(info, key, key, index, new PieceHash(material.piece()), material.number())
                                .signedBytes(),
                        new LegacyHttpReceipt(info, key, key, index, wide, material.number()).signedBytes(),
                        eip191V1(material),
                        new RegistrationMessage(new InstanceId(material.domain()), new UserId(material.user()))
                                .signedBytes())
                .toList();
    }

    private static List<Bytes32> walletReceiptHashes(Material material) {
        return List.of(
                v2(material, new AccountKey.Wallet(WALLET.address())).digest(), Keccak256.hash(eip191V1(material)));
    }

    private static ReceiptV2 v2(Material material, AccountKey receiver) {
        return new ReceiptV2(
                new ReceiptDomain(material.domain()),
                new InfoHash(material.info()),
                BLS.publicKey().accountKey(),
                receiver,
                new PieceIndex(material.number() & 0xffffffffL),
                new PieceLength(1 + (material.number() & 0xffff)),
                new PieceHash(material.piece()),
                material.number());
    }

    /** PROTOCOL 2.4: infohash 32, sender 20, receiver 20, piece hash 32, index, size and time as uint256. */
    private static Bytes eip191V1(Material material) {
        EthereumAddress sender = new EthereumAddress(material.piece());
        Bytes bytes = Bytes.concatenate(
                Bytes32.leftPad(material.info()),
                sender.bytes(),
                WALLET.address().bytes(),
                material.domain(),
                Bytes32.leftPad(Bytes.ofUnsignedInt(material.number() & 0xffffffffL)),
                Bytes32.leftPad(Bytes.ofUnsignedInt(262_144)),
                Bytes32.leftPad(Bytes.ofUnsignedLong(material.number())));
        assertThat(bytes.size()).isEqualTo(EIP191_V1_SIZE);
        return bytes;
    }

    private static String lengthOf(PersonalMessage message) {
        return new String(message.prefixed().slice(26).toArray(), UTF_8);
    }

    private static Optional<SiweMessage> parse(String text) {
        try {
            return Optional.of(SiweMessage.parse(text));
        } catch (MalformedSiweMessage e) {
            return Optional.empty();
        }
    }
}
