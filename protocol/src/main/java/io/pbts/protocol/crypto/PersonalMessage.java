package io.pbts.protocol.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.pbts.protocol.hash.Keccak256;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/**
 * What {@code personal_sign} is given (EIP-191, version 0x45). Its length stands in the hashed bytes in decimal, so a
 * message of 32 bytes, as receipts are signed, and one of any other length never share a digest.
 */
public record PersonalMessage(Bytes bytes) {

    private static final Bytes PREFIX = Bytes.wrap("\u0019Ethereum Signed Message:\n".getBytes(US_ASCII));

    public PersonalMessage {
        bytes = bytes.copy();
    }

    /** A text, as wallets take it: its UTF-8 bytes. */
    public static PersonalMessage of(String text) {
        return new PersonalMessage(Bytes.wrap(text.getBytes(UTF_8)));
    }

    /** What is hashed: the prefix, the number of bytes in decimal, the bytes. */
    public Bytes prefixed() {
        Bytes length = Bytes.wrap(Integer.toString(bytes.size()).getBytes(US_ASCII));
        return Bytes.concatenate(PREFIX, length, bytes);
    }

    /** The keccak256 of {@link #prefixed()}: what the key signs. */
    public Bytes32 digest() {
        return Keccak256.hash(prefixed());
    }
}
