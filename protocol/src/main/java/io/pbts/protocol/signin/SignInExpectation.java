package io.pbts.protocol.signin;

import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.crypto.PersonalMessage;
import io.pbts.protocol.crypto.Secp256k1;
import io.pbts.protocol.crypto.Secp256k1.Recovery;
import io.pbts.protocol.signin.SignInVerdict.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;

/**
 * What a wallet's message must say to answer one challenge (EIP-4361, "Verifying a signed Message"). Request id and
 * resources are the client's own; they must be well-formed and promise nothing.
 *
 * @param scheme of the site; a message may leave it out but not name another
 */
public record SignInExpectation(
        String scheme,
        Authority domain,
        AbsoluteUri uri,
        long chainId,
        String statement,
        EthereumAddress address,
        LoginNonce nonce) {

    /** How far the clock that issued the message may be ahead of ours: as far as for receipts. */
    static final Duration ISSUED_AHEAD = Duration.ofMinutes(2);

    /** Whether the message is the one asked for, now, and its address signed it. Plain wallets only: no chain is asked. */
    public SignInVerdict verify(SiweMessage message, Bytes signature, Instant now) {
        Optional<Refusal> refusal = wrongPlace(message)
                .or(() -> wrongChallenge(message))
                .or(() -> wrongTime(message, now))
                .or(() -> wrongSignature(message, signature));
        return refusal.<SignInVerdict>map(SignInVerdict.Refused::new).orElseGet(SignInVerdict.Accepted::new);
    }

    private Optional<Refusal> wrongPlace(SiweMessage message) {
        if (!message.domain().equals(domain) || !message.scheme().orElse(scheme).equals(scheme)) {
            return Optional.of(Refusal.WRONG_DOMAIN);
        }
        if (message.chainId() != chainId) {
            return Optional.of(Refusal.WRONG_CHAIN);
        }
        if (!message.statement().equals(Optional.of(statement))) {
            return Optional.of(Refusal.WRONG_PURPOSE);
        }
        return message.uri().equals(uri) ? Optional.empty() : Optional.of(Refusal.WRONG_URI);
    }

    private Optional<Refusal> wrongChallenge(SiweMessage message) {
        boolean asked = message.nonce().equals(nonce.hex()) && message.address().equals(address);
        return asked ? Optional.empty() : Optional.of(Refusal.CHALLENGE_UNKNOWN);
    }

    private static Optional<Refusal> wrongTime(SiweMessage message, Instant now) {
        if (message.expirationTime()
                .filter(time -> !now.isBefore(time.instant()))
                .isPresent()) {
            return Optional.of(Refusal.MESSAGE_EXPIRED);
        }
        boolean early =
                message.notBefore().filter(time -> now.isBefore(time.instant())).isPresent();
        boolean fromTheFuture = message.issuedAt().instant().isAfter(now.plus(ISSUED_AHEAD));
        return early || fromTheFuture ? Optional.of(Refusal.MESSAGE_NOT_YET_VALID) : Optional.empty();
    }

    private static Optional<Refusal> wrongSignature(SiweMessage message, Bytes signature) {
        Recovery signer = Secp256k1.recover(PersonalMessage.of(message.text()), signature);
        return signer.equals(new Recovery.Signer(message.address()))
                ? Optional.empty()
                : Optional.of(Refusal.INVALID_SIGNATURE);
    }
}
