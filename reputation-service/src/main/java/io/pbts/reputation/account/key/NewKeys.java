package io.pbts.reputation.account.key;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.hash.Hex;
import io.pbts.reputation.signin.Intent;
import io.pbts.reputation.signin.KeyProofs;
import io.pbts.reputation.signin.Turns;
import io.pbts.reputation.standing.AccountId;
import io.pbts.support.Refusal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Verifies that a key's holder wants it added: a login of that purpose, and for BLS that the key may enter aggregates. */
@Component
class NewKeys {
    private final KeyProofs proofs;
    private final Turns turns;

    NewKeys(KeyProofs proofs, Turns turns) {
        this.proofs = proofs;
        this.turns = turns;
    }

    AccountKey proven(KeyController.AddKeyRequest request, AccountId account) {
        Intent intent = Intent.addKeyTo(account);
        return switch (String.valueOf(request.kind())) {
            case "wallet" -> new AccountKey.Wallet(proofs.wallet(intent, request.message(), request.signature()));
            case "bls" -> bls(request, intent);
            default -> throw new Refusal(400, "invalid-key", "Invalid key: a key's kind is bls or wallet");
        };
    }

    /** What is malformed is refused before the challenge is used up. */
    private AccountKey bls(KeyController.AddKeyRequest request, Intent intent) {
        BlsSignature possession = possession(request.proofOfPossession());
        BlsPublicKey key = proofs.bls(intent, request.publicKey(), request.nonce(), request.signature());
        turns.take(() -> {
            if (!Bls.verifyPossession(key, possession)) {
                throw new Refusal(401, "invalid-proof-of-possession", "Invalid proof of possession");
            }
        });
        return key.accountKey();
    }

    private static BlsSignature possession(@Nullable String hex) {
        return Optional.ofNullable(hex)
                .flatMap(NewKeys::decoded)
                .orElseThrow(() -> new Refusal(
                        400,
                        "invalid-proof-of-possession-format",
                        "proof_of_possession is missing or not the 192 hexadecimal digits of a BLS signature"));
    }

    private static Optional<BlsSignature> decoded(String hex) {
        try {
            return BlsSignature.parse(Hex.decode(hex));
        } catch (IllegalArgumentException notHex) {
            return Optional.empty();
        }
    }
}
