package io.pbts.announce.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class HeadScannerProperties {

    @Property
    void findsTheSameHeadsHoweverTheBytesAreCut(
            @ForAll @Size(min = 1, max = 4)
                    List<@CharRange(from = ' ', to = '~') @StringLength(min = 1, max = 40) String> lines,
            @ForAll boolean bare,
            @ForAll @IntRange(min = 1, max = 50) int cut) {
        String end = bare ? "\n" : "\r\n";
        String head = String.join(end, lines) + end + end;
        byte[] stream = head.repeat(3).getBytes(ISO_8859_1);
        List<String> heads = new ArrayList<>();
        var scanner = new HeadScanner();
        ByteBuf input = Unpooled.buffer();
        for (int from = 0; from < stream.length; from += cut) {
            input.writeBytes(stream, from, Math.min(cut, stream.length - from));
            for (int length = scanner.find(input); length > 0; length = scanner.find(input)) {
                heads.add(input.readCharSequence(length, ISO_8859_1).toString());
            }
        }
        assertThat(heads).containsExactly(head, head, head);
        assertThat(input.isReadable()).isFalse();
    }

    @Property(tries = 50)
    void boundsLineAndFieldsToTheByte(@ForAll @IntRange(min = -3, max = 3) int over) {
        String line = "x".repeat(HeadScanner.MAX_LINE - 2 + over) + "\r\n";
        int expectedLine = over > 0 ? HeadScanner.LINE_TOO_LONG : line.length() + 2;
        assertThat(find(line + "\r\n")).isEqualTo(expectedLine);
        assertThat(find("x".repeat(HeadScanner.MAX_LINE + 1))).isEqualTo(HeadScanner.LINE_TOO_LONG);

        String fields = "y".repeat(HeadScanner.MAX_FIELDS - 4 + over) + "\r\n\r\n";
        int expected = over > 0 ? HeadScanner.FIELDS_TOO_LONG : 3 + fields.length();
        assertThat(find("x\r\n" + fields)).isEqualTo(expected);
    }

    private static int find(String text) {
        return new HeadScanner().find(Unpooled.wrappedBuffer(text.getBytes(ISO_8859_1)));
    }
}
