package io.pbts.protocol.account;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pbts.protocol.hash.Hex;
import io.pbts.protocol.hash.Keccak256;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.tuweni.bytes.Bytes;

/** A wallet: the last 20 bytes of the Keccak-256 of its public key. Written with the mixed-case checksum of EIP-55. */
public record EthereumAddress(Bytes bytes) {

    public static final int SIZE = 20;

    private static final Pattern FORM = Pattern.compile("0x[0-9a-fA-F]{40}");

    public EthereumAddress {
        if (bytes.size() != SIZE) {
            throw new IllegalArgumentException("not an address: " + bytes.size() + " bytes");
        }
        bytes = bytes.copy();
    }

    /**
     * From {@code 0x} and 40 digits.
     *
     * @throws IllegalArgumentException also when the digits are mixed case and the checksum is wrong (EIP-55)
     */
    public static EthereumAddress parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("an address is 0x and 40 hexadecimal digits");
        }
        String digits = text.substring(2);
        EthereumAddress address = new EthereumAddress(Hex.decode(digits));
        boolean oneCase =
                digits.equals(digits.toLowerCase(Locale.ROOT)) || digits.equals(digits.toUpperCase(Locale.ROOT));
        if (!oneCase && !address.checksummed().equals(text)) {
            throw new IllegalArgumentException("the checksum of the address is wrong");
        }
        return address;
    }

    /** The one spelling we write: {@code 0x} and a digit in upper case where the hash of the lower-case text says so. */
    public String checksummed() {
        String lower = bytes.toUnprefixedHexString();
        String hash = Keccak256.hash(Bytes.wrap(lower.getBytes(US_ASCII))).toUnprefixedHexString();
        StringBuilder text = new StringBuilder("0x");
        for (int i = 0; i < lower.length(); i++) {
            char digit = lower.charAt(i);
            text.append(hash.charAt(i) >= '8' ? Character.toUpperCase(digit) : digit);
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return checksummed();
    }
}
