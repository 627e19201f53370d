package io.pbts.reputation.account;

import io.pbts.protocol.account.UserId;
import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.support.Refusal;
import java.util.Base64;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/** A registration as its values, each of them well formed; nothing of it is verified yet. */
record RegistrationForm(
        UserId user, BlsPublicKey key, Optional<BlsSignature> signature, Optional<BlsSignature> proofOfPossession) {

    /** Reads the originals' fields, with their sentences for what is wrong. */
    static RegistrationForm read(
            @Nullable String userId,
            @Nullable String publicKey,
            @Nullable String signature,
            @Nullable String proofOfPossession) {
        if (userId == null || userId.isEmpty() || publicKey == null || publicKey.isEmpty()) {
            throw new Refusal(400, "missing-field", "Missing user_id or public_key");
        }
        return new RegistrationForm(
                user(userId),
                key(publicKey),
                signature("signature", signature),
                signature("proof_of_possession", proofOfPossession));
    }

    void requireProofs() {
        if (signature.isEmpty() || proofOfPossession.isEmpty()) {
            throw new Refusal(
                    400,
                    "missing-proof",
                    "Missing signature or proof_of_possession: sign register||instance_id||user_id with the key,"
                            + " and prove possession of it (PopProve)");
        }
    }

    private static UserId user(String name) {
        UserId user;
        try {
            user = new UserId(name);
        } catch (IllegalArgumentException notAllowed) {
            throw new Refusal(400, "invalid-user-id", "Invalid user_id: 1 to 64 of A-Z a-z 0-9 . _ @ -", notAllowed);
        }
        if (user.isAddressShaped()) {
            throw new Refusal(
                    400, "address-name", "Invalid user_id: a name in the form of an address belongs to that wallet");
        }
        return user;
    }

    private static BlsPublicKey key(String base64) {
        return decoded(base64)
                .flatMap(BlsPublicKey::parse)
                .orElseThrow(() -> new Refusal(
                        400,
                        "invalid-public-key",
                        "Invalid public_key: expected the base64 of a compressed BLS12-381 public key (48 bytes)"));
    }

    private static Optional<BlsSignature> signature(String field, @Nullable String base64) {
        if (base64 == null || base64.isEmpty()) {
            return Optional.empty();
        }
        String sentence = "Invalid %s format".formatted(field.replace('_', ' '));
        return Optional.of(decoded(base64)
                .flatMap(BlsSignature::parse)
                .orElseThrow(() -> new Refusal(401, "invalid-" + field.replace('_', '-') + "-format", sentence)));
    }

    private static Optional<Bytes> decoded(String base64) {
        try {
            return Optional.of(Bytes.wrap(Base64.getDecoder().decode(base64)));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
