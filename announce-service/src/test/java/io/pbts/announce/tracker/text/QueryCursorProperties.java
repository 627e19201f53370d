package io.pbts.announce.tracker.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class QueryCursorProperties {

    private static QueryCursor over(String query) {
        byte[] bytes = ("?" + query + "#").getBytes(ISO_8859_1);
        var cursor = new QueryCursor();
        cursor.over(bytes, 1, bytes.length - 1);
        return cursor;
    }

    @Property
    void decodesWhatWasEscapedInEitherCaseOrNotAtAll(@ForAll @Size(max = 32) byte[] value, @ForAll int choice) {
        var escaped = new StringBuilder("v=");
        for (int i = 0; i < value.length; i++) {
            int symbol = value[i] & 0xff;
            boolean must = symbol == '%' || symbol == '&';
            switch (must ? 1 + ((choice >>> i) & 1) : ((choice >>> i) + i) % 3) {
                case 1 -> escaped.append("%%%02x".formatted(symbol));
                case 2 -> escaped.append("%%%02X".formatted(symbol));
                default -> escaped.append(must ? "%%%02X".formatted(symbol) : String.valueOf((char) symbol));
            }
        }
        QueryCursor cursor = over(escaped.toString());
        byte[] decoded = new byte[32];
        assertThat(cursor.advance()).isTrue();
        assertThat(cursor.decode(decoded)).isEqualTo(value.length);
        assertThat(Arrays.copyOf(decoded, value.length)).isEqualTo(value);
        assertThat(cursor.advance()).isFalse();
    }

    @Property
    void tellsThatAValueDoesNotFit(@ForAll @Size(min = 21, max = 60) byte[] value) {
        var escaped = new StringBuilder("v=");
        for (byte symbol : value) {
            escaped.append("%%%02x".formatted(symbol));
        }
        QueryCursor cursor = over(escaped.toString());
        cursor.advance();
        assertThat(cursor.decode(new byte[20])).isGreaterThan(20);
    }

    @Property
    void walksPairsAsSplittingWould(
            @ForAll @Size(max = 8) List<@AlphaChars @StringLength(max = 5) String> names,
            @ForAll @Size(max = 8) List<@AlphaChars @StringLength(max = 5) String> values) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < Math.min(names.size(), values.size()); i++) {
            pairs.add(names.get(i) + "=" + values.get(i));
        }
        QueryCursor cursor = over(String.join("&", pairs));
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            assertThat(cursor.advance()).isTrue();
            assertThat(cursor.isNamed(pair.substring(0, equals).getBytes(ISO_8859_1)))
                    .isTrue();
            assertThat(cursor.isValue(pair.substring(equals + 1).getBytes(ISO_8859_1)))
                    .isTrue();
        }
        assertThat(cursor.advance()).isFalse();
    }

    @Property
    void readsEveryNumberThatFits(@ForAll long number) {
        QueryCursor cursor = over("n=" + number);
        cursor.advance();
        long expected = number == Long.MIN_VALUE ? -Long.MAX_VALUE : number;
        assertThat(cursor.number()).isEqualTo(expected);
    }

    @Property
    void takesTheNearestNumberForOneThatDoesNotFit(@ForAll @Size(min = 1, max = 20) List<Boolean> digits) {
        var text = new StringBuilder("9223372036854775807");
        digits.forEach(digit -> text.append(digit ? '9' : '0'));
        QueryCursor cursor = over("n=" + text + "&m=-" + text);
        cursor.advance();
        assertThat(cursor.number()).isEqualTo(Long.MAX_VALUE);
        cursor.advance();
        assertThat(cursor.number()).isEqualTo(-Long.MAX_VALUE);
    }

    @Property
    void takesNothingElseForANumber(@ForAll @AlphaChars @StringLength(max = 6) String letters, @ForAll byte prefix) {
        QueryCursor cursor = over("n=" + Math.abs(prefix) + letters + "x");
        cursor.advance();
        assertThat(cursor.number()).isEqualTo(QueryCursor.UNPARSABLE);
    }
}
