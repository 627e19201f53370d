package io.pbts.reputation.signin;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.signin.LoginMessage;
import io.pbts.protocol.signin.LoginNonce;
import io.pbts.protocol.signin.MalformedSiweMessage;
import io.pbts.protocol.signin.SignInExpectation;
import io.pbts.protocol.signin.SignInSite;
import io.pbts.protocol.signin.SignInVerdict;
import io.pbts.protocol.signin.SigningPurpose;
import io.pbts.protocol.signin.SiweMessage;
import io.pbts.support.Refusal;
import java.time.Clock;
import java.util.function.Supplier;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Whether a key's holder answered the challenge that was made for it. An answer uses its challenge up, right or wrong, so ask
 * outside a transaction. What is refused is refused with the code that clients read; whether the key belongs to an
 * account is not asked here.
 */
@Component
public class KeyProofs {
    private static final int WALLET_SIGNATURE = 65;

    private final Challenges challenges;
    private final SignInSite site;
    private final Turns turns;
    private final Clock clock;

    KeyProofs(Challenges challenges, SignInSite site, Turns turns, Clock clock) {
        this.challenges = challenges;
        this.site = site;
        this.turns = turns;
        this.clock = clock;
    }

    /** The wallet that signed this message of EIP-4361 for this intent. */
    public EthereumAddress wallet(Intent intent, @Nullable String message, @Nullable String signature) {
        String text = Spelling.present("message", message);
        String digits = Spelling.present("signature", signature);
        SiweMessage signed;
        try {
            signed = SiweMessage.parse(text);
        } catch (MalformedSiweMessage malformed) {
            throw new Refusal(400, "message-malformed", "Invalid message: " + malformed.getMessage(), malformed);
        }
        Bytes bytes = Spelling.hex(digits.startsWith("0x") ? digits.substring(2) : digits, WALLET_SIGNATURE)
                .orElseThrow(KeyProofs::invalidSignature);
        LoginNonce nonce = LoginNonce.parse(signed.nonce()).orElseThrow(Challenges::unknown);
        Challenge challenge = challenges.consume(intent, nonce);
        if (!(challenge.key() instanceof AccountKey.Wallet(var address))) {
            throw Challenges.unknown();
        }
        SignInExpectation expected = site.expects(intent.request(), address, nonce);
        require(() -> expected.verify(signed, bytes, clock.instant()));
        return address;
    }

    /** The key, when it signed the login bytes of its challenge for this intent. */
    public BlsPublicKey bls(
            Intent intent, @Nullable String publicKey, @Nullable String nonceDigits, @Nullable String signature) {
        BlsPublicKey key = Spelling.blsKey(publicKey);
        LoginNonce nonce =
                LoginNonce.parse(Spelling.present("nonce", nonceDigits)).orElseThrow(Challenges::unknown);
        BlsSignature signed = Spelling.hex(Spelling.present("signature", signature), BlsSignature.SIZE)
                .flatMap(BlsSignature::parse)
                .orElseThrow(KeyProofs::invalidSignature);
        Challenge challenge = challenges.consume(intent, nonce);
        if (!challenge.key().equals(key.accountKey())) {
            throw Challenges.unknown();
        }
        require(() -> loginMessage(challenge, key).verify(signed, clock.instant()));
        return key;
    }

    /** What is to be signed, as it goes over the wire: text for a wallet, hexadecimal digits for a BLS key. */
    String toSign(Challenge challenge) {
        return switch (challenge.key()) {
            case AccountKey.Wallet(var address) ->
                site.challenge(
                                challenge.intent().request(),
                                address,
                                challenge.nonce(),
                                challenge.issuedAt(),
                                challenge.expires())
                        .text();
            case AccountKey.Bls key ->
                loginMessage(challenge, BlsPublicKey.of(key)).signedBytes().toUnprefixedHexString();
        };
    }

    private LoginMessage loginMessage(Challenge challenge, BlsPublicKey key) {
        if (!(challenge.intent().request() instanceof SigningPurpose purpose)) {
            throw new IllegalStateException("only wallets act: " + challenge.intent());
        }
        return new LoginMessage(
                purpose,
                site.instance(),
                key,
                challenge.nonce(),
                challenge.expires().getEpochSecond());
    }

    private void require(Supplier<SignInVerdict> verification) {
        turns.take(() -> {
            if (verification.get() instanceof SignInVerdict.Refused(var refusal)) {
                throw refused(refusal);
            }
        });
    }

    private static Refusal refused(SignInVerdict.Refusal refusal) {
        return switch (refusal) {
            case INVALID_SIGNATURE -> invalidSignature();
            case CHALLENGE_UNKNOWN -> Challenges.unknown();
            case WRONG_DOMAIN -> refused(refusal, "The message was made for another site");
            case WRONG_CHAIN -> refused(refusal, "The message names another chain");
            case WRONG_PURPOSE -> refused(refusal, "The message was made for another purpose or another tracker");
            case WRONG_URI -> refused(refusal, "The message names another URI than its challenge");
            case CHALLENGE_EXPIRED -> refused(refusal, "The challenge has expired; ask for a new one");
            case MESSAGE_EXPIRED -> refused(refusal, "The message has expired");
            case MESSAGE_NOT_YET_VALID -> refused(refusal, "The message is not valid yet");
        };
    }

    private static Refusal refused(SignInVerdict.Refusal refusal, String sentence) {
        return new Refusal(401, refusal.code(), sentence);
    }

    private static Refusal invalidSignature() {
        return new Refusal(401, "invalid-signature", "Invalid signature");
    }
}
