package io.pbts.announce.wire.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.announce.swarm.PeerAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class AddressTextProperties {

    private static PeerAddress parse(String text) {
        byte[] bytes = ("ab" + text + "cd").getBytes(ISO_8859_1);
        return AddressText.parse(bytes, 2, bytes.length - 2);
    }

    @Property
    void readsEveryIpv4Address(@ForAll @Size(4) byte[] bytes) throws UnknownHostException {
        String text = InetAddress.getByAddress(bytes).getHostAddress();
        assertThat(parse(text)).isEqualTo(PeerAddress.ofBytes(bytes));
        assertThat(parse("::ffff:" + text)).isEqualTo(PeerAddress.ofBytes(bytes));
        assertThat(parse("0:0:0:0:0:FFFF:" + text)).isEqualTo(PeerAddress.ofBytes(bytes));
    }

    @Property
    void readsEveryIpv6AddressInEitherCase(@ForAll @Size(16) byte[] bytes) throws UnknownHostException {
        String text = InetAddress.getByAddress(bytes).getHostAddress();
        assertThat(parse(text)).isEqualTo(PeerAddress.ofBytes(bytes));
        assertThat(parse(text.toUpperCase(Locale.ROOT))).isEqualTo(PeerAddress.ofBytes(bytes));
    }

    @Property
    void readsNothingElseAndNeverThrows(@ForAll @Size(max = 60) byte[] bytes) {
        PeerAddress address = AddressText.parse(bytes, 0, bytes.length);
        if (address != null) {
            assertThat(new String(bytes, ISO_8859_1)).matches("[0-9a-fA-F:.]+");
        }
    }

    @Example
    void refusesScopesShortFormsNamesAndLists() {
        for (String text : new String[] {
            "",
            " ",
            "1.2.3",
            "1",
            "0x7f.0.0.1",
            "1.2.3.4.5",
            "1.2.3.256",
            "::1%lo",
            "[::1]",
            "localhost",
            "::1,::2",
            "1.2.3.4:80",
            ":::",
            "1::2::3",
            "12345::",
            "g::1"
        }) {
            assertThat(parse(text)).as(text).isNull();
        }
    }
}
