package io.pbts.gateway.target;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

class RequestTargetProperties {

    @Property
    void isAlwaysAUri(@ForAll @CharRange(from = 0, to = 255) @StringLength(max = 60) String bytes) {
        RequestTarget target = RequestTarget.of("/" + bytes);
        URI uri = URI.create("http://tracker.test" + target.legal());
        assertThat(uri.getRawFragment()).isNull();
        assertThat(uri.toASCIIString()).isEqualTo("http://tracker.test" + target.legal());
    }

    @Property
    void changesNothingTheSecondTime(@ForAll @CharRange(from = 0, to = 255) @StringLength(max = 60) String bytes) {
        String legal = RequestTarget.of("/" + bytes).legal();
        assertThat(RequestTarget.of(legal).legal()).isEqualTo(legal);
    }

    @Property
    void meansTheSameBytes(@ForAll @CharRange(from = 0, to = 255) @StringLength(max = 60) String bytes) {
        RequestTarget target = RequestTarget.of("/" + bytes);
        assertThat(decoded(target.legal())).isEqualTo(decoded(target.sent()));
    }

    @Property
    void leavesWhatIsLegalAlone(
            @ForAll @CharRange(from = 'A', to = 'Z') @StringLength(max = 20) String letters,
            @ForAll @CharRange(from = '0', to = '9') @StringLength(min = 2, max = 2) String digits) {
        String legal = "/" + letters + "/announce?" + letters + "=%" + digits + "&a=b=c&&" + letters + "?/:@!$'()*+,;";
        assertThat(RequestTarget.of(legal).legal()).isEqualTo(legal);
    }

    /** As a lenient reader decodes: a percent sign that starts no escape is a percent sign. */
    private static String decoded(String target) {
        var bytes = new ByteArrayOutputStream();
        for (int at = 0; at < target.length(); at++) {
            String rest = target.substring(at);
            if (rest.matches("(?s)%[0-9A-Fa-f]{2}.*")) {
                bytes.write(Integer.parseInt(rest.substring(1, 3), 16));
                at += 2;
            } else {
                bytes.write(rest.charAt(0));
            }
        }
        return bytes.toString(ISO_8859_1);
    }
}
