package io.pbts.protocol.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pbts.protocol.Vectors;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.crypto.PersonalMessage;
import io.pbts.protocol.crypto.Secp256k1SecretKey;
import io.pbts.protocol.receipt.InstanceId;
import io.pbts.protocol.signin.SignInVerdict.Accepted;
import io.pbts.protocol.signin.SignInVerdict.Refusal;
import io.pbts.protocol.signin.SignInVerdict.Refused;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SignInTest {

    private static final JsonNode VECTORS = Vectors.read("signin.json");
    private static final Secp256k1SecretKey KEY =
            Secp256k1SecretKey.fromBytes(Bytes32.wrap(Vectors.bytes(VECTORS, "secret_key")));
    private static final JsonNode FIRST = VECTORS.required("wallets").get(0);
    private static final InstanceId INSTANCE =
            InstanceId.fromHex(Vectors.text(VECTORS.required("site"), "instance_id"));
    private static final SignInSite SITE = site("https://tracker.example");
    private static final LoginNonce NONCE =
            LoginNonce.parse(Vectors.text(FIRST, "nonce")).orElseThrow();
    private static final Instant ISSUED = Instant.ofEpochSecond(Vectors.number(FIRST, "issued_at"));
    private static final Instant EXPIRY = Instant.ofEpochSecond(Vectors.number(FIRST, "expiry"));
    private static final Instant NOW = ISSUED.plusSeconds(10);
    private static final SignInExpectation EXPECTED = SITE.expects(SigningPurpose.SIGN_IN, KEY.address(), NONCE);
    private static final String GOOD = Vectors.text(FIRST, "text");

    static Stream<JsonNode> challenges() {
        return Vectors.list(VECTORS.required("wallets")).stream();
    }

    @ParameterizedTest
    @MethodSource("challenges")
    void theTextOfAChallengeIsTheDocumentedOneAndItsSignatureOpens(JsonNode vector) {
        SigningPurpose purpose =
                SigningPurpose.ofWireName(Vectors.text(vector, "purpose")).orElseThrow();
        SiweMessage challenge = SITE.challenge(purpose, KEY.address(), NONCE, ISSUED, EXPIRY);
        assertThat(challenge.text()).isEqualTo(Vectors.text(vector, "text"));
        assertThat(SITE.expects(purpose, KEY.address(), NONCE)
                        .verify(challenge, Vectors.bytes(vector, "signature"), NOW))
                .isEqualTo(new Accepted());
    }

    @ParameterizedTest
    @MethodSource("challenges")
    void aSignatureForOnePurposeServesNoOther(JsonNode vector) {
        String purpose = Vectors.text(vector, "purpose");
        SiweMessage message = SiweMessage.parse(Vectors.text(vector, "text"));
        Bytes signature = Vectors.bytes(vector, "signature");
        assertThat(Arrays.stream(SigningPurpose.values())
                        .filter(other -> !other.wireName().equals(purpose)))
                .hasSize(2)
                .allSatisfy(other -> assertThat(
                                SITE.expects(other, KEY.address(), NONCE).verify(message, signature, NOW))
                        .isEqualTo(new Refused(Refusal.WRONG_PURPOSE)));
    }

    @ParameterizedTest
    @CsvSource({
        "'tracker.example wants', 'tracker.example.evil.example wants', wrong-domain",
        "'tracker.example wants', 'evil.example wants', wrong-domain",
        "'tracker.example wants', 'Tracker.example wants', wrong-domain",
        "'tracker.example wants', 'tracker.example:443 wants', wrong-domain",
        "'tracker.example wants', 'tracker.example@evil.example wants', wrong-domain",
        "'tracker.example wants', 'http://tracker.example wants', wrong-domain",
        "'Chain ID: 31337', 'Chain ID: 1', wrong-chain",
        "'Sign in to PBTS af', 'Sign in to PBTS bf', wrong-purpose",
        "'Sign in to', 'Register an account with', wrong-purpose",
        "'example/sign-in', 'example/register', wrong-uri",
        "'example/sign-in', 'example/sign-in/', wrong-uri",
        "'example/sign-in', 'example/sign-in?', wrong-uri",
        "'URI: https', 'URI: http', wrong-uri",
        "'Nonce: fa', 'Nonce: fb', challenge-unknown",
        "'Nonce: fa', 'Nonce: FA', challenge-unknown",
        "'Time: 2023-11-14T22:18:20Z', 'Time: 2023-11-14T22:13:30Z', message-expired",
        "'Time: 2023-11-14T22:18:20Z', 'Time: 2023-11-14T22:18:20+01:00', message-expired",
        "'Issued At: 2023-11-14T22:13:20Z', 'Issued At: 2023-11-14T22:15:30.1Z', message-not-yet-valid"
    })
    void aMessageThatSaysAnythingElseIsRefusedThoughItsKeySignedIt(String from, String to, String code) {
        assertThat(GOOD).contains(from);
        assertThat(signed(GOOD.replace(from, to), NOW)).isEqualTo(refused(code));
    }

    @Test
    void takesTheSchemeOfTheSiteAndWhatTheClientAddsForItself() {
        assertThat(signed("https://" + GOOD, NOW)).isEqualTo(new Accepted());
        assertThat(signed(GOOD + "\nNot Before: 2023-11-14T22:13:30Z\nRequest ID: 7\nResources:\n- urn:a", NOW))
                .isEqualTo(new Accepted());
        assertThat(signed(GOOD.replaceFirst("\nExpiration.*", ""), NOW)).isEqualTo(new Accepted());
        assertThat(signed(GOOD.replace("At: 2023-11-14T22:13:20Z", "At: 2023-11-14T22:15:30Z"), NOW))
                .isEqualTo(new Accepted());
    }

    @Test
    void countsFromNotBeforeUntilTheMomentOfExpiry() {
        assertThat(signed(GOOD, EXPIRY.minusNanos(1))).isEqualTo(new Accepted());
        assertThat(signed(GOOD, EXPIRY)).isEqualTo(new Refused(Refusal.MESSAGE_EXPIRED));
        String later = GOOD + "\nNot Before: 2023-11-14T22:13:30.000000001Z";
        assertThat(signed(later, NOW)).isEqualTo(new Refused(Refusal.MESSAGE_NOT_YET_VALID));
        assertThat(signed(later, NOW.plusNanos(1))).isEqualTo(new Accepted());
        assertThat(signed(GOOD, ISSUED.minus(Duration.ofMinutes(2)))).isEqualTo(new Accepted());
        assertThat(signed(GOOD, ISSUED.minus(Duration.ofMinutes(2)).minusNanos(1)))
                .isEqualTo(new Refused(Refusal.MESSAGE_NOT_YET_VALID));
    }

    @Test
    void anotherWalletsMessageAnswersNoChallengeOfThisOne() {
        Secp256k1SecretKey other = Secp256k1SecretKey.fromBytes(Bytes32.leftPad(Bytes.of(7)));
        SiweMessage theirs = SITE.challenge(SigningPurpose.SIGN_IN, other.address(), NONCE, ISSUED, EXPIRY);
        Bytes signature = other.sign(PersonalMessage.of(theirs.text()));
        assertThat(EXPECTED.verify(theirs, signature, NOW)).isEqualTo(new Refused(Refusal.CHALLENGE_UNKNOWN));
        assertThat(EXPECTED.verify(SiweMessage.parse(GOOD), other.sign(PersonalMessage.of(GOOD)), NOW))
                .isEqualTo(new Refused(Refusal.INVALID_SIGNATURE));
    }

    @Test
    void everyOtherSpellingOfASignatureIsRefused() {
        Bytes good = Vectors.bytes(FIRST, "signature");
        BigInteger order = new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
        Bytes high = Bytes.wrap(
                order.subtract(good.slice(32, 32).toUnsignedBigInteger()).toByteArray());
        int v = good.get(64);
        Stream<Bytes> spellings = Stream.of(
                Bytes.concatenate(good.slice(0, 32), Bytes32.leftPad(high.trimLeadingZeros()), Bytes.of(55 - v)),
                Bytes.concatenate(good.slice(0, 64), Bytes.of(v - 27)),
                Bytes.concatenate(good.slice(0, 64), Bytes.of(v + 4)),
                Bytes.concatenate(good.slice(0, 64), Bytes.of(55 - v)),
                good.slice(0, 64),
                Bytes.concatenate(good, Bytes.of(0)),
                Bytes.EMPTY,
                Bytes.repeat((byte) 0, 65),
                KEY.sign(Bytes32.wrap(Vectors.bytes(FIRST, "digest").xor(Bytes32.fromHexString("0x01")))));
        assertThat(spellings)
                .allSatisfy(signature -> assertThat(EXPECTED.verify(SiweMessage.parse(GOOD), signature, NOW))
                        .isEqualTo(new Refused(Refusal.INVALID_SIGNATURE)));
    }

    @Test
    void aSiteMayHaveAPathAndAPort() {
        SignInSite site = site("http://127.0.0.1:8000/tracker/");
        SiweMessage challenge = site.challenge(SigningPurpose.ADD_KEY, KEY.address(), NONCE, NOW.plusNanos(5), EXPIRY);
        assertThat(challenge.text())
                .startsWith("127.0.0.1:8000 wants")
                .contains("\nURI: http://127.0.0.1:8000/tracker/add-key\n", "\nIssued At: 2023-11-14T22:13:30Z\n");
        Bytes signature = KEY.sign(PersonalMessage.of(challenge.text()));
        assertThat(site.expects(SigningPurpose.ADD_KEY, KEY.address(), NONCE).verify(challenge, signature, NOW))
                .isEqualTo(new Accepted());
        assertThat(SITE.expects(SigningPurpose.ADD_KEY, KEY.address(), NONCE).verify(challenge, signature, NOW))
                .isEqualTo(new Refused(Refusal.WRONG_DOMAIN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "urn:tracker",
                "file:///x",
                "https://a@tracker.example",
                "https://t.example/?q",
                "https://t.example/#"
            })
    void aSiteHasAHostAndNoMore(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> site(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fabae3fc380b09d0e767101245def07",
                "fabae3fc380b09d0e767101245def0755",
                "FABAE3FC380B09D0E767101245DEF075",
                "0xbae3fc380b09d0e767101245def075"
            })
    void aNonceHasOneSpelling(String text) {
        assertThat(LoginNonce.parse(text)).isEmpty();
        assertThat(LoginNonce.parse(NONCE.hex())).contains(NONCE);
    }

    private static SignInVerdict signed(String text, Instant now) {
        return EXPECTED.verify(SiweMessage.parse(text), KEY.sign(PersonalMessage.of(text)), now);
    }

    private static Refused refused(String code) {
        return Arrays.stream(Refusal.values())
                .filter(refusal -> refusal.code().equals(code))
                .map(Refused::new)
                .findFirst()
                .orElseThrow();
    }

    private static SignInSite site(String url) {
        return new SignInSite(new AbsoluteUri(url), 31337, INSTANCE);
    }

    @Test
    void theVectorsAreMadeForThisWallet() {
        assertThat(EthereumAddress.parse(Vectors.text(FIRST, "address"))).isEqualTo(KEY.address());
    }
}
