package io.pbts.protocol.bencode;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;

/** A string of bytes. Only by convention text. */
public record BString(Bytes bytes) implements BencodeValue {

    public static BString of(String text) {
        return new BString(Bytes.wrap(text.getBytes(UTF_8)));
    }

    /** The text, or empty when the bytes are not UTF-8. */
    public Optional<String> text() {
        try {
            return Optional.of(UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toArrayUnsafe()))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
