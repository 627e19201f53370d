package io.pbts.reputation.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.account.UserId;
import io.pbts.protocol.crypto.PersonalMessage;
import io.pbts.protocol.hash.Hex;
import io.pbts.protocol.receipt.InstanceId;
import io.pbts.protocol.receipt.RegistrationMessage;
import io.pbts.reputation.RunningService;
import io.pbts.reputation.ServiceClient.Reply;
import io.pbts.reputation.Signer;
import io.pbts.reputation.TestUser;
import java.math.BigInteger;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that does not open a session, each with the code that clients read and none with a 5xx. */
class SignInRefusalTest extends RunningService {
    private static final BigInteger ORDER =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

    private final Signer.Wallet wallet = Signer.freshWallet();
    private final Signer.OfBls bls = Signer.freshBls();

    @BeforeEach
    void accounts() {
        wallet.enrol(DATABASE, "wallet-" + Signer.SIGNERS.incrementAndGet());
        bls.enrol(DATABASE, "bls-" + Signer.SIGNERS.incrementAndGet());
    }

    private Reply open(Map<String, Object> answer) {
        return post("/api/v1/sessions", TestUser.json(answer));
    }

    private static void assertRefused(int status, String code, Reply reply) {
        assertThat(reply.text("code")).as("%s", reply.body()).isEqualTo(code);
        assertThat(reply.status()).isEqualTo(status);
    }

    /** Signs another message than the one that was given. */
    private Reply openWith(UnaryOperator<String> change) {
        String message = wallet.challenge(client(), "sign-in").text("message");
        String changed = change.apply(message);
        assertThat(changed).isNotEqualTo(message);
        return open(wallet.answer(changed));
    }

    @Test
    void aReplayedNonceIsUnknown() {
        var ofWallet = wallet.answer(wallet.challenge(client(), "sign-in"));
        var ofBls = bls.answer(bls.challenge(client(), "sign-in"));
        assertThat(open(ofWallet).status()).isEqualTo(201);
        assertThat(open(ofBls).status()).isEqualTo(201);

        assertRefused(401, "challenge-unknown", open(ofWallet));
        assertRefused(401, "challenge-unknown", open(ofBls));
    }

    @Test
    void aFailedAnswerUsesTheNonceUp() {
        Reply challenge = wallet.challenge(client(), "sign-in");
        var wrong = wallet.answer(challenge);
        wrong.put("signature", Signer.freshWallet().signature(challenge.text("message")));

        assertRefused(401, "invalid-signature", open(wrong));
        assertRefused(401, "challenge-unknown", open(wallet.answer(challenge)));
    }

    @ParameterizedTest
    @CsvSource({
        "tracker.example:8000 wants, evil.example:8000 wants, wrong-domain",
        "tracker.example:8000 wants, https://tracker.example:8000 wants, wrong-domain",
        "URI: http://tracker.example:8000/sign-in, URI: http://tracker.example:8000/register, wrong-uri",
        "Chain ID: 31337, Chain ID: 1, wrong-chain",
        "Sign in to PBTS, Register an account with PBTS, wrong-purpose",
        "Sign in to PBTS, Sign in to PBTS 00, wrong-purpose",
    })
    void aMessageForAnotherSiteChainOrPurposeIsRefused(String given, String signed, String code) {
        assertRefused(401, code, openWith(message -> message.replace(given, signed)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"register", "add-key"})
    void aChallengeForAnotherPurposeOpensNothing(String purpose) {
        var member = signedIn(wallet);
        assertRefused(401, "wrong-purpose", open(wallet.answer(wallet.challenge(member, purpose))));
        assertRefused(401, "wrong-purpose", open(bls.answer(bls.challenge(member, purpose))));
    }

    @Test
    void aMessageThatSaysSoItselfHasExpiredOrIsNotValidYet() {
        assertRefused(
                401,
                "message-expired",
                openWith(message ->
                        message.replaceFirst("Expiration Time: [^\n]+", "Expiration Time: 2020-01-01T00:00:00Z")));
        assertRefused(
                401, "message-not-yet-valid", openWith(message -> message + "\nNot Before: 2099-01-01T00:00:00Z"));
    }

    @Test
    void anExpiredChallengeIsRefusedAndUsedUp() {
        var ofWallet = wallet.answer(wallet.challenge(client(), "sign-in"));
        var ofBls = bls.answer(bls.challenge(client(), "sign-in"));
        sql("""
                update reputation.challenge set issued_at = date_trunc('second', now()) - interval '301 s',
                    expires_at = date_trunc('second', now())
                """);

        assertRefused(401, "challenge-expired", open(ofWallet));
        assertRefused(401, "challenge-expired", open(ofBls));
        assertRefused(401, "challenge-unknown", open(ofWallet));
    }

    @Test
    void theChallengeOfAnotherKeyIsUnknown() {
        Signer.Wallet other = Signer.freshWallet();
        Reply ofOther = other.challenge(client(), "sign-in");
        assertRefused(
                401,
                "challenge-unknown",
                open(wallet.answer(ofOther.text("message")
                        .replace(
                                other.secret().address().checksummed(),
                                wallet.secret().address().checksummed()))));

        Reply ofBls = bls.challenge(client(), "sign-in");
        assertRefused(401, "challenge-unknown", open(Signer.freshBls().answer(ofBls)));
        String nonce = bls.challenge(client(), "sign-in").text("nonce");
        String walletMessage = wallet.challenge(client(), "sign-in").text("message");
        assertRefused(
                401,
                "challenge-unknown",
                open(wallet.answer(walletMessage.replaceFirst("Nonce: [0-9a-f]{32}", "Nonce: " + nonce))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000000000000000000000000000", "abcdefgh", "ZZ"})
    void aNonceThatWasNeverMadeIsUnknown(String nonce) {
        var answer = bls.answer(bls.challenge(client(), "sign-in"));
        answer.put("nonce", nonce);
        assertRefused(401, "challenge-unknown", open(answer));
    }

    @Test
    void onlyTheLowFormOfAWalletsSignatureCounts() {
        String message = wallet.challenge(client(), "sign-in").text("message");
        Bytes low = wallet.secret().sign(PersonalMessage.of(message));
        BigInteger highS = ORDER.subtract(low.slice(32, 32).toUnsignedBigInteger());
        Bytes high = Bytes.concatenate(
                low.slice(0, 32),
                Bytes32.leftPad(Bytes.of(highS.toByteArray()).trimLeadingZeros()),
                Bytes.of(55 - low.get(64)));
        var answer = wallet.answer(message);
        answer.put("signature", "0x" + high.toUnprefixedHexString());

        assertRefused(401, "invalid-signature", open(answer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x", "0x00", "zz", "0x0x", "0X00"})
    void aSignatureThatIsNoneIsInvalid(String signature) {
        var ofWallet = wallet.answer(wallet.challenge(client(), "sign-in"));
        ofWallet.put("signature", signature);
        assertRefused(401, "invalid-signature", open(ofWallet));
        ofWallet.put("signature", "0x" + "00".repeat(65));
        assertRefused(401, "invalid-signature", open(ofWallet));

        var ofBls = bls.answer(bls.challenge(client(), "sign-in"));
        ofBls.put("signature", signature);
        assertRefused(401, "invalid-signature", open(ofBls));
        ofBls.put("signature", "c0" + "00".repeat(95));
        assertRefused(401, "invalid-signature", open(ofBls));
    }

    @Test
    void aRegistrationsSignatureIsNoLogin() {
        Reply challenge = bls.challenge(client(), "sign-in");
        var instance = InstanceId.fromHex(get("/internal/v1/instance").text("instance_id"));
        var registration = new RegistrationMessage(instance, new UserId("mallory")).signedBytes();

        assertRefused(401, "invalid-signature", open(bls.answer(challenge.text("nonce"), registration)));
    }

    @Test
    void theBytesOfAnotherPurposeOrExpiryDoNotOpenASession() {
        Reply challenge = bls.challenge(client(), "sign-in");
        Bytes given = Hex.decode(challenge.text("message"));
        Bytes longer = Bytes.concatenate(given.slice(0, 124), Bytes.ofUnsignedLong(given.getLong(124) + 3600));

        assertRefused(401, "invalid-signature", open(bls.answer(challenge.text("nonce"), longer)));
    }

    @Test
    void aKeyThatNobodyHasIsUnknownOnlyAfterItsSignatureWasRight() {
        Signer.Wallet stranger = Signer.freshWallet();
        var wrong = stranger.answer(stranger.challenge(client(), "sign-in"));
        wrong.put("signature", "0x" + "11".repeat(65));
        assertRefused(401, "invalid-signature", open(wrong));

        assertRefused(401, "key-unknown", stranger.signIn(client()));
        assertRefused(401, "key-unknown", Signer.freshBls().signIn(client()));
    }

    @Test
    void aRevokedKeyOpensNothing() {
        sql(
                "update reputation.account_key set revoked_at = now() where public_key in (decode('%s', 'hex'), decode('%s', 'hex'))"
                        .formatted(
                                wallet.key().bytes().toUnprefixedHexString(),
                                bls.key().bytes().toUnprefixedHexString()));

        assertRefused(401, "key-revoked", wallet.signIn(client()));
        assertRefused(401, "key-revoked", bls.signIn(client()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | missing-field",
                "{'kind':'wallet'} | missing-field",
                "{'kind':'wallet','message':'x'} | missing-field",
                "{'kind':'wallet','message':'x','signature':'0x00'} | message-malformed",
                "{'kind':'bls','public_key':'00','nonce':'00','signature':'00'} | invalid-public-key",
                "{'kind':'pgp'} | invalid-kind",
                "[] | invalid-body",
            })
    void aMalformedAnswerIs400(String body, String code) {
        assertRefused(400, code, post("/api/v1/sessions", body.replace('\'', '"')));
    }
}
