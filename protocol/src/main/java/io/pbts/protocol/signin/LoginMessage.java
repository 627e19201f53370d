package io.pbts.protocol.signin;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.receipt.InstanceId;
import io.pbts.protocol.signin.SignInVerdict.Refusal;
import java.time.Instant;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/**
 * What a BLS key signs to sign in, to register or to join an account. The layout is in {@code docs/protocol.md}; neither
 * its tag nor its length is that of any receipt, so no signature serves as the other.
 *
 * @param expiry the last second in which the signature counts, since 1970, not negative
 */
public record LoginMessage(
        SigningPurpose purpose, InstanceId instance, BlsPublicKey key, LoginNonce nonce, long expiry) {

    /** The length of {@link #signedBytes()}. */
    public static final int SIGNED_SIZE = 132;

    private static final Bytes HEAD = Bytes.concatenate(Bytes.wrap("PBTS-LOGIN".getBytes(US_ASCII)), Bytes.of(1));
    private static final int PURPOSE_AT = HEAD.size();
    private static final int INSTANCE_AT = PURPOSE_AT + 1;
    private static final int KEY_AT = INSTANCE_AT + Bytes32.SIZE;
    private static final int NONCE_AT = KEY_AT + BlsPublicKey.SIZE + Bytes32.SIZE - LoginNonce.SIZE;
    private static final int EXPIRY_AT = NONCE_AT + LoginNonce.SIZE;

    public LoginMessage {
        if (expiry < 0) {
            throw new IllegalArgumentException("not a time: " + expiry);
        }
    }

    /** The message behind the bytes; empty when they are none. Whoever is asked to sign bytes reads them first. */
    public static Optional<LoginMessage> parse(Bytes bytes) {
        if (bytes.size() != SIGNED_SIZE || bytes.getLong(EXPIRY_AT) < 0) {
            return Optional.empty();
        }
        Optional<SigningPurpose> purpose = SigningPurpose.ofNumber(bytes.get(PURPOSE_AT));
        Optional<BlsPublicKey> key = BlsPublicKey.parse(bytes.slice(KEY_AT, BlsPublicKey.SIZE));
        if (purpose.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        LoginMessage message = new LoginMessage(
                purpose.get(),
                new InstanceId(Bytes32.wrap(bytes, INSTANCE_AT)),
                key.get(),
                new LoginNonce(bytes.slice(NONCE_AT, LoginNonce.SIZE)),
                bytes.getLong(EXPIRY_AT));
        return message.signedBytes().equals(bytes) ? Optional.of(message) : Optional.empty();
    }

    /** Exactly the bytes that are signed. */
    public Bytes signedBytes() {
        return Bytes.concatenate(
                HEAD,
                Bytes.of(purpose.number()),
                instance.bytes(),
                key.bytes(),
                Bytes32.leftPad(nonce.bytes()),
                Bytes.ofUnsignedLong(expiry));
    }

    /** Whether this key signed this message in time. That the nonce is known and unused is for its keeper to say. */
    public SignInVerdict verify(BlsSignature signature, Instant now) {
        if (now.getEpochSecond() > expiry) {
            return new SignInVerdict.Refused(Refusal.CHALLENGE_EXPIRED);
        }
        return Bls.verify(key, signedBytes(), signature)
                ? new SignInVerdict.Accepted()
                : new SignInVerdict.Refused(Refusal.INVALID_SIGNATURE);
    }
}
