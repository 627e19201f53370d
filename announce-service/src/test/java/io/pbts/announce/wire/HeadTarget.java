package io.pbts.announce.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pbts.protocol.testing.FuzzTarget;
import java.util.Arrays;
import java.util.List;

/** What reads the heads of HTTP requests. The first byte says where the rest was split on its way. */
enum HeadTarget implements FuzzTarget {
    HTTP_HEAD {
        @Override
        public void read(byte[] input) {
            if (input.length == 0) {
                return;
            }
            byte[] sent = Arrays.copyOfRange(input, 1, input.length);
            int split = Math.min(input[0] & 0xff, sent.length);
            ByteBuf whole = Unpooled.wrappedBuffer(sent);
            ByteBuf arriving = Unpooled.buffer(sent.length).writeBytes(sent, 0, split);
            var scanner = new HeadScanner();
            int early = scanner.find(arriving);
            arriving.writeBytes(sent, split, sent.length - split);
            int head = new HeadScanner().find(whole);
            int late = early == HeadScanner.INCOMPLETE ? scanner.find(arriving) : early;
            require(late == head && arriving.readerIndex() == whole.readerIndex());
            if (head > 0) {
                readHead(whole, head);
            }
        }

        @Override
        public List<byte[]> examples() {
            String target = "/abcdefghijklmnopqrstuvwxyz234567/announce?info_hash=%00%ff(!aaaaaaaaaaaaaaaa&port=1";
            return List.of(
                    split(5, "GET " + target + " HTTP/1.1", "Host: tracker.test:6969", "User-Agent: x/1", "", ""),
                    split(1, "", "GET / HTTP/1.0", "Connection: keep-alive", "", "GET / HTTP/1.0", "", ""),
                    split(
                            0,
                            "GET " + target + " HTTP/1.1",
                            "Host: [2001:db8::7]:80",
                            "Upgrade: websocket",
                            "Connection: Upgrade",
                            "Sec-WebSocket-Version: 13",
                            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
                            "",
                            ""),
                    split(
                            96,
                            "GET /scrape HTTP/1.1",
                            "Host: x",
                            "Content-Length: 0",
                            "X-PBTS-Client-Address: 198.51.100.7",
                            "X-PBTS-Service-Token: abc",
                            "",
                            ""));
        }
    };

    private static void readHead(ByteBuf from, int length) {
        byte[] bytes = new byte[HeadScanner.MAX_HEAD];
        from.getBytes(from.readerIndex(), bytes, 0, length);
        byte[] before = bytes.clone();
        for (boolean ofGateway : new boolean[] {false, true}) {
            var head = new RequestHead(ofGateway);
            if (head.read(bytes, length) == RequestHead.Form.FINE) {
                require(head.targetFrom() <= head.targetTo() && head.targetTo() < length);
                require(head.tokenFrom() <= head.tokenTo() && head.tokenTo() <= length);
                require(ofGateway || head.client() == null);
                for (int at = head.targetFrom(); at < head.targetTo(); at++) {
                    require(bytes[at] < 0 || (bytes[at] > ' ' && bytes[at] != 0x7f));
                }
            }
        }
        require(Arrays.equals(bytes, before));
    }

    private static byte[] split(int at, String... lines) {
        return ((char) at + String.join("\r\n", lines)).getBytes(ISO_8859_1);
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new AssertionError("read into something that cannot be");
        }
    }
}
