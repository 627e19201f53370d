package io.pbts.reputation.signin;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.hash.Hex;
import io.pbts.support.Refusal;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/** Keys and signatures as strangers write them in {@code /api/v1}: hexadecimal, a wallet's address with {@code 0x}. */
public final class Spelling {
    private Spelling() {}

    /** The field's text; refused with 400 when it is missing. */
    public static String present(String field, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            throw new Refusal(400, "missing-field", "Missing " + field);
        }
        return text;
    }

    public static BlsPublicKey blsKey(@Nullable String digits) {
        return hex(present("public_key", digits), BlsPublicKey.SIZE)
                .flatMap(BlsPublicKey::parse)
                .orElseThrow(() -> new Refusal(
                        400,
                        "invalid-public-key",
                        "Invalid public_key: expected a compressed BLS12-381 public key in 96 hexadecimal digits"));
    }

    public static EthereumAddress address(@Nullable String text) {
        try {
            return EthereumAddress.parse(present("address", text));
        } catch (IllegalArgumentException malformed) {
            throw new Refusal(400, "invalid-address", "Invalid address: " + malformed.getMessage(), malformed);
        }
    }

    /** The kind of a key as people call it: {@code bls} or {@code wallet}. */
    public static AccountKey.Kind kind(@Nullable String word) {
        return switch (present("kind", word)) {
            case "bls" -> AccountKey.Kind.BLS;
            case "wallet" -> AccountKey.Kind.ADDRESS;
            default -> throw new Refusal(400, "invalid-kind", "Invalid kind: wallet or bls");
        };
    }

    static Optional<Bytes> hex(String digits, int bytes) {
        try {
            return Optional.of(Hex.decode(digits, bytes));
        } catch (IllegalArgumentException notHex) {
            return Optional.empty();
        }
    }
}
