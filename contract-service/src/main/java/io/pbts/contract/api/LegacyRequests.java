package io.pbts.contract.api;

import io.pbts.contract.chain.contracts.FactoryContract;
import io.pbts.contract.chain.contracts.NamedUser;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.support.Refusal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.jspecify.annotations.Nullable;

/** Bodies of the original's writes, with its texts for what is missing. */
final class LegacyRequests {
    private static final int LONGEST_TEXT = 256;
    private static final Pattern HASH = Pattern.compile("(0[xX])?([0-9a-fA-F]{1,64})");
    private static final Pattern HEX_ADDRESS = Pattern.compile("0[xX][0-9a-fA-F]{40}");

    private LegacyRequests() {}

    record Init(@Nullable String referrerAddress) {
        static final Init EMPTY = new Init(null);

        EthereumAddress referrer() {
            if (referrerAddress == null || referrerAddress.isBlank()) {
                return FactoryContract.NO_REFERRER;
            }
            if (!HEX_ADDRESS.matcher(referrerAddress).matches()) {
                throw invalid("referrer_address is not an address: 0x and 40 hexadecimal digits");
            }
            return EthereumAddress.parse("0x" + referrerAddress.substring(2).toLowerCase(Locale.ROOT));
        }
    }

    record Register(
            @Nullable String username,
            @Nullable String salt,
            @Nullable String passwordHash,
            @Nullable BigInteger downloadSize,
            @Nullable BigInteger uploadSize) {

        NamedUser user() {
            if (isMissing(username) || isMissing(passwordHash)) {
                throw missing("Missing username or password_hash");
            }
            return new NamedUser(
                    bounded("username", username),
                    bounded("salt", salt),
                    hash(String.valueOf(passwordHash)),
                    size("download_size", downloadSize),
                    size("upload_size", uploadSize));
        }
    }

    record Update(
            @Nullable String username,
            @Nullable BigInteger downloadSize,
            @Nullable BigInteger uploadSize) {

        String requireUsername() {
            return LegacyRequests.requireUsername(username);
        }

        BigInteger download() {
            return size("download_size", downloadSize);
        }

        BigInteger upload() {
            return size("upload_size", uploadSize);
        }
    }

    record Migrate(@Nullable String username) {
        String requireUsername() {
            return LegacyRequests.requireUsername(username);
        }
    }

    private static String requireUsername(@Nullable String username) {
        if (isMissing(username)) {
            throw missing("Missing username");
        }
        return bounded("username", username);
    }

    private static boolean isMissing(@Nullable String text) {
        return text == null || text.isEmpty();
    }

    private static String bounded(String field, @Nullable String text) {
        String value = text == null ? "" : text;
        if (value.getBytes(StandardCharsets.UTF_8).length > LONGEST_TEXT) {
            throw invalid("%s is longer than %d bytes".formatted(field, LONGEST_TEXT));
        }
        return value;
    }

    /** At most 32 bytes in hexadecimal, filled with zeros on the left as the original does. */
    private static Bytes32 hash(String text) {
        var digits = HASH.matcher(text);
        if (!digits.matches()) {
            throw invalid("password_hash is not 1 to 64 hexadecimal digits");
        }
        return Bytes32.leftPad(Bytes.fromHexStringLenient(digits.group(2)));
    }

    private static BigInteger size(String field, @Nullable BigInteger size) {
        BigInteger value = size == null ? BigInteger.ZERO : size;
        if (value.signum() < 0 || value.bitLength() > Long.SIZE - 1) {
            throw invalid("%s is not between 0 and 2^63 - 1".formatted(field));
        }
        return value;
    }

    private static Refusal missing(String sentence) {
        return new Refusal(400, "missing-field", sentence);
    }

    private static Refusal invalid(String sentence) {
        return new Refusal(400, "invalid-field", sentence);
    }
}
