package io.pbts.protocol.signin;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class SiweMessageProperties {

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void everyMessageIsReadBackFromItsText(@ForAll("messages") SiweMessage message) {
        assertThat(SiweMessage.parse(message.text())).isEqualTo(message);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void messagesShareATextOnlyWhenTheyAreEqual(
            @ForAll("messages") SiweMessage one, @ForAll("messages") SiweMessage other) {
        assertThat(one.text().equals(other.text())).isEqualTo(one.equals(other));
    }

    /** One character replaced, put in or taken out: refused, or another message that says so in its own text. */
    @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE)
    void aTextThatIsTakenIsItsMessagesOwn(
            @ForAll("messages") SiweMessage message,
            @ForAll @IntRange(max = SiweMessage.MAX_LENGTH) int at,
            @ForAll("oddities") String oddity,
            @ForAll @IntRange(max = 1) int taken) {
        StringBuilder text = new StringBuilder(message.text());
        int place = at % text.length();
        String edited = text.replace(place, place + taken, oddity).toString();
        assertOwn(edited);
    }

    @Property(tries = 1_000)
    void answersEveryText(@ForAll @StringLength(max = 300) @CharRange(from = 0, to = 0xffff) String text) {
        assertOwn(text);
        assertOwn(text + SiweMessage.HEADER + "\n" + text);
    }

    private static void assertOwn(String text) {
        try {
            assertThat(SiweMessage.parse(text).text()).isEqualTo(text);
        } catch (MalformedSiweMessage e) {
            assertThat(e.reason()).isNotNull();
        }
    }

    @Provide
    Arbitrary<SiweMessage> messages() {
        return SiweArbitraries.messages();
    }

    @Provide
    Arbitrary<String> oddities() {
        return Arbitraries.of(
                "",
                " ",
                "\n",
                "\r\n",
                "\0",
                "\u202e",
                "\u00e9",
                "0",
                "Z",
                "%",
                "/",
                ":",
                "-",
                "a",
                "]",
                "\n\n",
                "\nNonce: 12345678");
    }
}
