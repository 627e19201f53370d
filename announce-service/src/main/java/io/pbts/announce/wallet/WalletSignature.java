package io.pbts.announce.wallet;

import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.signin.SiweMessage;
import io.pbts.support.Refusal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A wallet, what it says and its signature, as the variant's clients send them; nothing of it is verified yet. */
record WalletSignature(EthereumAddress wallet, String message, String signature) {

    private static final int LONGEST_SIGNATURE = 256;

    /** Refuses what no wallet signs, and what could not be passed on: half of a surrogate pair is no text. */
    static WalletSignature read(@Nullable String userAddress, @Nullable String message, @Nullable String signature) {
        var read = new WalletSignature(
                address(String.valueOf(userAddress)), String.valueOf(message), String.valueOf(signature));
        if (!isPlain(read.message, SiweMessage.MAX_LENGTH)) {
            throw new Refusal(
                    400,
                    "message-malformed",
                    "message has at most %d characters, all of them ASCII".formatted(SiweMessage.MAX_LENGTH));
        }
        if (!isPlain(read.signature, LONGEST_SIGNATURE)) {
            throw new Refusal(401, "invalid-signature", "Invalid signature");
        }
        return read;
    }

    private static boolean isPlain(String text, int longest) {
        return text.length() <= longest && text.chars().allMatch(c -> c == '\n' || (c >= ' ' && c <= '~'));
    }

    /** Refuses in the variant's words when one of the fields is missing. */
    static void requireAll(String sentence, @Nullable String... fields) {
        if (Arrays.stream(fields).anyMatch(field -> field == null || field.isEmpty())) {
            throw new Refusal(400, "missing-field", sentence);
        }
    }

    private static EthereumAddress address(String text) {
        try {
            return EthereumAddress.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw new Refusal(400, "invalid-address", "Invalid Ethereum address", malformed);
        }
    }
}
