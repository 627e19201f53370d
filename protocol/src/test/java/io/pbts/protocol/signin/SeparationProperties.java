package io.pbts.protocol.signin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.crypto.PersonalMessage;
import io.pbts.protocol.crypto.Secp256k1;
import io.pbts.protocol.crypto.Secp256k1.Recovery;
import io.pbts.protocol.crypto.Secp256k1SecretKey;
import io.pbts.protocol.hash.Keccak256;
import io.pbts.protocol.receipt.InstanceId;
import io.pbts.protocol.signin.SignInVerdict.Accepted;
import io.pbts.protocol.signin.SignInVerdict.Refusal;
import io.pbts.protocol.signin.SignInVerdict.Refused;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

    /** Everything else that a key of ours signs, but for proofs of possession, which have a tag of their own. */
    private static List<Bytes> others(Material material) {
        return SignedKinds.of(material.info(), material.piece(), material.domain(), material.number(), material.user())
                .values()
                .stream()
                .toList();
    }

    private static List<Bytes32> walletReceiptHashes(Material material) {
        return SignedKinds.of(material.info(), material.piece(), material.domain(), material.number(), material.user())
                .entrySet()
                .stream()
                .filter(signed -> SignedKinds.BY_WALLETS.contains(signed.getKey()))
                .map(signed -> Keccak256.hash(signed.getValue()))
                .toList();
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
