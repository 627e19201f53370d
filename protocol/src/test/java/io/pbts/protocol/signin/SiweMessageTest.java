package io.pbts.protocol.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pbts.protocol.Vectors;
import io.pbts.protocol.crypto.PersonalMessage;
import io.pbts.protocol.crypto.Secp256k1;
import io.pbts.protocol.crypto.Secp256k1.Recovery;
import io.pbts.protocol.crypto.Secp256k1SecretKey;
import io.pbts.protocol.signin.MalformedSiweMessage.Reason;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class SiweMessageTest {

    private static final JsonNode VECTORS = Vectors.read("signin.json");
    private static final Secp256k1SecretKey KEY =
            Secp256k1SecretKey.fromBytes(Bytes32.wrap(Vectors.bytes(VECTORS, "secret_key")));

    static Stream<JsonNode> messages() {
        return Vectors.list(VECTORS.required("messages")).stream();
    }

    static Stream<JsonNode> refused() {
        return Vectors.list(VECTORS.required("refused")).stream();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void readsEveryFieldAndWritesTheSameText(JsonNode vector) {
        SiweMessage message = SiweMessage.parse(Vectors.text(vector, "text"));
        assertThat(message.text()).isEqualTo(Vectors.text(vector, "text"));
        assertThat(message.scheme()).isEqualTo(field(vector, "scheme"));
        assertThat(message.domain().text()).isEqualTo(Vectors.text(vector, "domain"));
        assertThat(message.address().checksummed()).isEqualTo(Vectors.text(vector, "address"));
        assertThat(message.statement()).isEqualTo(field(vector, "statement"));
        assertThat(message.uri().text()).isEqualTo(Vectors.text(vector, "uri"));
        assertThat(message.chainId()).isEqualTo(Long.parseLong(Vectors.text(vector, "chain_id")));
        assertThat(message.nonce()).isEqualTo(Vectors.text(vector, "nonce"));
        assertThat(message.issuedAt().text()).isEqualTo(Vectors.text(vector, "issued_at"));
        assertThat(message.issuedAt().instant().toEpochMilli()).isEqualTo(Vectors.number(vector, "issued_at_ms"));
        assertThat(message.expirationTime().map(SiweTime::text)).isEqualTo(field(vector, "expiration_time"));
        assertThat(message.notBefore().map(SiweTime::text)).isEqualTo(field(vector, "not_before"));
        assertThat(message.requestId()).isEqualTo(field(vector, "request_id"));
        assertThat(message.resources()
                        .map(list -> list.stream().map(AbsoluteUri::text).toList()))
                .isEqualTo(Optional.ofNullable(vector.get("resources"))
                        .map(list -> list.valueStream().map(JsonNode::asString).toList()));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void signsAndRecoversAsNobleDoes(JsonNode vector) {
        PersonalMessage message = PersonalMessage.of(Vectors.text(vector, "text"));
        assertThat(message.digest()).isEqualTo(Vectors.bytes(vector, "digest"));
        assertThat(KEY.sign(message)).isEqualTo(Vectors.bytes(vector, "signature"));
        assertThat(Secp256k1.recover(message, Vectors.bytes(vector, "signature")))
                .isEqualTo(new Recovery.Signer(KEY.address()));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatIsNotInTheOneSpellingAndSaysWhy(JsonNode vector) {
        MalformedSiweMessage refusal =
                catchThrowableOfType(MalformedSiweMessage.class, () -> SiweMessage.parse(text(vector)));
        assertThat(refusal).isNotNull();
        assertThat(refusal.reason()).isEqualTo(Reason.valueOf(Vectors.text(vector, "reason")));
        assertThat(refusal).hasMessageMatching("[ -~]{10,120}");
    }

    @Test
    void everyReasonHasACase() {
        Set<Reason> seen = refused()
                .map(vector -> Reason.valueOf(Vectors.text(vector, "reason")))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Reason.class)));
        assertThat(seen).containsExactlyInAnyOrder(Reason.values());
    }

    @Test
    void everyPrefixOfATextIsRefusedOrIsAMessageOfItsOwn() {
        String text = messages()
                .filter(vector -> Vectors.text(vector, "name").equals("all fields"))
                .map(vector -> Vectors.text(vector, "text"))
                .findFirst()
                .orElseThrow();
        long whole = Stream.iterate(0, end -> end < text.length(), end -> end + 1)
                .map(end -> text.substring(0, end))
                .filter(prefix -> isMessage(prefix))
                .count();
        assertThat(whole).isBetween(1L, 100L);
    }

    @Test
    void aMessageThatCouldNotBeReadAgainCannotBeBuilt() {
        SiweMessage good = SiweMessage.parse(messages()
                .map(vector -> Vectors.text(vector, "text"))
                .findFirst()
                .orElseThrow());
        assertThatExceptionOfType(MalformedSiweMessage.class).isThrownBy(() -> with(good, "two\nlines", "12345678"));
        assertThatExceptionOfType(MalformedSiweMessage.class).isThrownBy(() -> with(good, "fine", "1234567"));
        assertThatExceptionOfType(MalformedSiweMessage.class)
                .isThrownBy(() -> with(good, "x".repeat(SiweMessage.MAX_LENGTH), "12345678"));
        assertThat(with(good, "fine", "12345678").text()).contains("fine");
    }

    @Test
    void aTextOfHostileLengthCostsNoMoreThanItsLimit() {
        String hostile = "[".repeat(SiweMessage.MAX_LENGTH - 48) + SiweMessage.HEADER;
        String[] texts = {hostile, ":".repeat(4000) + SiweMessage.HEADER, "\n".repeat(SiweMessage.MAX_LENGTH)};
        assertThat(Arrays.stream(texts)).noneMatch(SiweMessageTest::isMessage);
    }

    private static SiweMessage with(SiweMessage message, String statement, String nonce) {
        return new SiweMessage(
                message.scheme(),
                message.domain(),
                message.address(),
                Optional.of(statement),
                message.uri(),
                message.chainId(),
                nonce,
                message.issuedAt(),
                message.expirationTime(),
                message.notBefore(),
                message.requestId(),
                message.resources());
    }

    private static boolean isMessage(String text) {
        try {
            return SiweMessage.parse(text).text().equals(text);
        } catch (MalformedSiweMessage e) {
            return false;
        }
    }

    private static String text(JsonNode vector) {
        return vector.has("text")
                ? Vectors.text(vector, "text")
                : Vectors.text(vector.required("repeat"), "character")
                        .repeat((int) Vectors.number(vector.required("repeat"), "times"));
    }

    private static Optional<String> field(JsonNode vector, String name) {
        return Optional.ofNullable(vector.get(name)).map(JsonNode::asString);
    }
}
