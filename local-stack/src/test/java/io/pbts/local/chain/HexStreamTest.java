package io.pbts.local.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HexStreamTest {
    @Test
    void bringsBackLongContent() throws IOException {
        byte[] content = new byte[100_001];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i * 31);
        }
        byte[] hex = HexStream.encode(new ByteArrayInputStream(content)).readAllBytes();
        var decoded = new ByteArrayOutputStream();
        HexStream.decode(stream(new String(hex, StandardCharsets.US_ASCII) + "\"}"), decoded);
        assertThat(decoded.toByteArray()).isEqualTo(content);
    }

    @Test
    void refusesAnAnswerThatEndsWithinTheState() {
        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(() -> HexStream.decode(stream("1f8b08"), new ByteArrayOutputStream()));
    }

    @Test
    void refusesDigitsThatAreNone() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> HexStream.decode(stream("1f8x\""), new ByteArrayOutputStream()));
    }

    @Test
    void showsTheErrorInsteadOfAState() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> HexStream.skipToHex(stream("{\"error\":{\"message\":\"no such method\"}}")))
                .withMessageContaining("no such method");
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }
}
