package io.pbts.receipt.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pbts.support.Refusal;
import java.util.function.Function;
import org.apache.tuweni.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class JsonFieldsTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void takesNullForAbsent() {
        JsonFields fields = of("{\"n\": null}");
        assertThat(fields.integer("n")).isEmpty();
        assertThat(fields.text("nowhere")).isEmpty();
        assertThat(fields.list("n")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.0", "\"3\"", "true", "[3]", "{}", "9223372036854775808", "1e2", "-1e400"})
    void convertsNothingToAnInteger(String value) {
        refuses(value, fields -> fields.integer("f"));
    }

    @Test
    void takesEvery64BitInteger() {
        assertThat(of("{\"f\": -9223372036854775808}").integer("f")).contains(Long.MIN_VALUE);
        assertThat(of("{\"f\": 9223372036854775807}").integer("f")).contains(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "true", "[]", "{}"})
    void convertsNothingToText(String value) {
        refuses(value, fields -> fields.text("f"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "\"true\"", "[]"})
    void convertsNothingToAFlag(String value) {
        refuses(value, fields -> fields.flag("f"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "{}", "0"})
    void convertsNothingToAList(String value) {
        refuses(value, fields -> fields.list("f"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AQ", "AR==", "AQ= =", "A_==", "A-==", "AQ==\\n", "=", "AQ===", "\u00c4\u00c4=="})
    void takesOneSpellingOfBase64(String value) {
        refuses('"' + value + '"', fields -> fields.base64("f"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x01", "1", "zz", "0 1 ", "\u0661\u0661"})
    void takesPlainHexadecimalDigits(String value) {
        refuses('"' + value + '"', fields -> fields.hex("f"));
    }

    @Test
    void readsBytes() {
        assertThat(of("{\"f\": \"AQI=\"}").base64("f")).contains(Bytes.of(1, 2));
        assertThat(of("{\"f\": \"01fF\"}").hex("f")).contains(Bytes.of(1, 255));
        assertThat(of("{\"f\": \"\"}").hex("f")).contains(Bytes.EMPTY);
    }

    private static void refuses(String value, Function<JsonFields, ?> reader) {
        assertThatThrownBy(() -> reader.apply(of("{\"f\": " + value + "}")))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.status()).isEqualTo(400);
                    assertThat(refusal.sentence()).startsWith("f must be");
                });
    }

    private static JsonFields of(String json) {
        return JsonFields.of(JSON.readTree(json), "The body");
    }
}
