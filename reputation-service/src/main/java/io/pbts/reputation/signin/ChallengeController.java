package io.pbts.reputation.signin;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.signin.SigningPurpose;
import io.pbts.protocol.signin.WalletAct;
import io.pbts.reputation.standing.AccountId;
import io.pbts.support.Refusal;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Caller;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Says what to sign in order to sign in, to register, to add a key or to act as a wallet. Tells nobody whether a key is known. */
@RestController
@Tag(name = "signing in")
class ChallengeController {
    private final Challenges challenges;
    private final KeyProofs proofs;

    ChallengeController(Challenges challenges, KeyProofs proofs) {
        this.challenges = challenges;
        this.proofs = proofs;
    }

    /**
     * For what a key would sign.
     *
     * @param infoHash of an announce, in 40 or 64 hexadecimal digits
     * @param event of an announce: started, stopped or completed
     * @param peerId to bind, in 40 hexadecimal digits
     */
    record ChallengeRequest(
            @Nullable String purpose,
            @Nullable String kind,
            @Nullable String address,
            @Nullable String publicKey,
            @Nullable String infoHash,
            @Nullable String event,
            @Nullable String peerId) {}

    record ChallengeView(String nonce, long expiresAt, String message) {}

    @Allow(Who.ANYONE)
    @PostMapping("/api/v1/challenges")
    @ResponseStatus(HttpStatus.CREATED)
    ChallengeView challenge(@RequestBody ChallengeRequest request, Caller caller) {
        Challenge challenge = challenges.issue(intent(request, caller), key(request), Origin.of(caller));
        return new ChallengeView(
                challenge.nonce().hex(), challenge.expires().getEpochSecond(), proofs.toSign(challenge));
    }

    private static Intent intent(ChallengeRequest request, Caller caller) {
        String word = Spelling.present("purpose", request.purpose());
        Optional<WalletAct> act = Acts.read(word, request.infoHash(), request.event(), request.peerId());
        if (act.isPresent()) {
            requireWallet(request.kind(), word);
            return Intent.of(act.get());
        }
        SigningPurpose purpose = SigningPurpose.ofWireName(word)
                .orElseThrow(() -> new Refusal(
                        400, "invalid-purpose", "Invalid purpose: sign-in, register, add-key, announce or bind-peer"));
        return switch (purpose) {
            case SIGN_IN -> Intent.SIGN_IN;
            case REGISTER -> Intent.REGISTER;
            case ADD_KEY -> Intent.addKeyTo(signedIn(caller));
        };
    }

    private static void requireWallet(@Nullable String kind, String word) {
        if (Spelling.kind(kind) != AccountKey.Kind.ADDRESS) {
            throw new Refusal(400, "invalid-kind", "Only a wallet signs to " + word);
        }
    }

    private static AccountId signedIn(Caller caller) {
        if (caller instanceof Caller.Account account && account.credential() == Caller.Credential.SESSION) {
            return new AccountId(account.accountId());
        }
        String needed = "A challenge to add a key needs the session of the account that takes it up";
        throw caller instanceof Caller.Anonymous
                ? new Refusal(401, "credentials-missing", needed)
                : new Refusal(403, "not-allowed", needed);
    }

    private static AccountKey key(ChallengeRequest request) {
        return switch (Spelling.kind(request.kind())) {
            case BLS -> Spelling.blsKey(request.publicKey()).accountKey();
            case ADDRESS -> new AccountKey.Wallet(Spelling.address(request.address()));
        };
    }
}
