package io.pbts.receipt.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.PersonalMessage;
import io.pbts.protocol.crypto.Secp256k1SecretKey;
import io.pbts.protocol.signin.AbsoluteUri;
import io.pbts.protocol.signin.LoginMessage;
import io.pbts.protocol.signin.LoginNonce;
import io.pbts.protocol.signin.SignInSite;
import io.pbts.protocol.signin.SigningPurpose;
import io.pbts.receipt.testing.Draft;
import io.pbts.receipt.testing.Http.Reply;
import io.pbts.receipt.testing.LocalTracker;
import io.pbts.receipt.testing.Neighbours;
import io.pbts.receipt.testing.World;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a person signs to get in earns nobody anything, in neither form of a receipt, also where both forms count. */
class LoginIsNoReceiptTest extends LocalTracker {
    private final Instant now = World.CLOCK.instant();

    @ParameterizedTest
    @EnumSource
    void creditsNothingForABlsLogin(SigningPurpose purpose) {
        var login = new LoginMessage(
                purpose,
                World.INSTANCE,
                receiver.secret().publicKey(),
                LoginNonce.random(new SecureRandom()),
                now.plusSeconds(300).getEpochSecond());
        requireWorthless(Bls.sign(receiver.secret(), login.signedBytes()).bytes());
    }

    @ParameterizedTest
    @EnumSource
    void creditsNothingForAWalletsLogin(SigningPurpose purpose) {
        var wallet = Secp256k1SecretKey.fromBytes(Bytes32.random(new SecureRandom()));
        var site = new SignInSite(new AbsoluteUri("https://tracker.example"), Neighbours.CHAIN_ID, World.INSTANCE);
        var message = PersonalMessage.of(site.challenge(
                        purpose, wallet.address(), LoginNonce.random(new SecureRandom()), now, now.plusSeconds(300))
                .text());
        Bytes signature = wallet.sign(message);
        assertThat(offered(signature).codes()).containsOnly("bad-encoding");
        requireWorthless(Bytes.concatenate(signature, Bytes.wrap(new byte[96 - signature.size()])));
        requireWorthless(Bls.sign(receiver.secret(), message.bytes()).bytes());
        requireWorthless(Bls.sign(receiver.secret(), message.digest()).bytes());
    }

    /** A receipt names its fields itself; a login's bytes put into them are still not what was signed. */
    @Test
    void creditsNothingForALoginUnderADomainOfItsOwn() {
        var login = new LoginMessage(
                SigningPurpose.SIGN_IN,
                World.INSTANCE,
                receiver.secret().publicKey(),
                LoginNonce.random(new SecureRandom()),
                now.getEpochSecond());
        Map<String, Object> receipt = draft(0).v2();
        receipt.put("domain", Bytes.wrap("PBTS-LOGIN".getBytes(UTF_8)).toUnprefixedHexString() + "01".repeat(22));
        receipt.put("timestamp", login.expiry());
        receipt.put(
                "signature",
                Draft.base64(Bls.sign(receiver.secret(), login.signedBytes()).bytes()));
        assertThat(report(sender, receipt).codes()).containsExactly("wrong-domain");
    }

    @Test
    void creditsWhatTheSameKeySignedAsAReceipt() {
        assertThat(report(sender, draft(1).v2(), draft(2).original()).codes()).containsExactly("credited", "credited");
    }

    private void requireWorthless(Bytes signature) {
        assertThat(offered(signature).codes()).containsOnly("bad-signature").hasSize(2);
        assertThat(WORLD.up(sender)).isZero();
        assertThat(WORLD.down(receiver)).isZero();
    }

    private Reply offered(Bytes signature) {
        Map<String, Object> ours = draft(0).v2();
        Map<String, Object> original = draft(3).original();
        ours.put("signature", Draft.base64(signature));
        original.put("signature", Draft.base64(signature));
        return report(sender, ours, original);
    }
}
