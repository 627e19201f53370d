package io.pbts.benchmarks.announce;

import io.pbts.benchmarks.network.Loopback;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One connection at a time with one request at a time. */
final class HttpLane {
    private static final byte[] PEERS = "5:peers".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LENGTH = "content-length: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BLANK = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OK = "HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII);
    private static final int RECORD = 6;
    private static final int MOST = 16 * 1024;

    private final Selector selector;
    private final InetSocketAddress server;
    private final int address;
    private final boolean keepAlive;
    private final byte[] answer = new byte[MOST];
    private final ByteBuffer in = ByteBuffer.wrap(answer);
    private ByteBuffer out = ByteBuffer.allocate(0);
    private @Nullable SocketChannel channel;
    private @Nullable SelectionKey key;
    private boolean idle = true;
    private long due;

    HttpLane(Selector selector, InetSocketAddress server, int address, boolean keepAlive) {
        this.selector = selector;
        this.server = server;
        this.address = address;
        this.keepAlive = keepAlive;
    }

    boolean isIdle() {
        return idle;
    }

    /** When the request in flight, or the last one, was due. */
    long due() {
        return due;
    }

    void send(byte[] request, long dueAt) throws IOException {
        idle = false;
        due = dueAt;
        out = ByteBuffer.wrap(request);
        in.clear();
        SocketChannel open = channel;
        if (open == null) {
            open = SocketChannel.open();
            channel = open;
            open.configureBlocking(false);
            open.setOption(StandardSocketOptions.TCP_NODELAY, true);
            open.bind(Loopback.client(address));
            key = open.register(selector, SelectionKey.OP_CONNECT, this);
            if (!open.connect(server)) {
                return;
            }
        }
        write(open);
    }

    private void write(SocketChannel open) throws IOException {
        open.write(out);
        interest(out.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    private void interest(int operations) {
        if (key != null && key.interestOps() != operations) {
            key.interestOps(operations);
        }
    }

    /** Goes on with what the channel is ready for; answers whether the answer is whole. */
    boolean proceed() throws IOException {
        SocketChannel open = channel;
        if (open == null || key == null || !key.isValid()) {
            return false;
        }
        if (key.isConnectable()) {
            open.finishConnect();
            write(open);
        } else if (key.isWritable()) {
            write(open);
        } else if (key.isReadable()) {
            return read(open);
        }
        return false;
    }

    private boolean read(SocketChannel open) throws IOException {
        int read = open.read(in);
        boolean ended = read < 0;
        if (ended || (keepAlive && isWhole())) {
            if (ended) {
                close();
            }
            idle = true;
            return true;
        }
        return false;
    }

    private boolean isWhole() {
        int body = after(BLANK, 0);
        int length = after(LENGTH, 0);
        return body > 0 && length > 0 && in.position() >= body + number(length);
    }

    /** Fails unless the answer is an announce's, with so many peers in it. */
    void requirePeers(int wanted) throws IOException {
        int list = after(PEERS, 0);
        if (after(OK, 0) != OK.length || list < 0 || number(list) < wanted * RECORD) {
            throw new IOException("instead of %d peers the answer is: %s"
                    .formatted(wanted, new String(answer, 0, in.position(), StandardCharsets.ISO_8859_1)));
        }
    }

    /** Where the text ends, whatever its case; -1 when it is not there. */
    private int after(byte[] text, int from) {
        int last = in.position() - text.length;
        for (int at = from; at <= last; at++) {
            int matched = 0;
            while (matched < text.length && lower(answer[at + matched]) == lower(text[matched])) {
                matched++;
            }
            if (matched == text.length) {
                return at + matched;
            }
        }
        return -1;
    }

    private static int lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
    }

    private int number(int from) {
        int number = 0;
        for (int at = from; at < in.position() && answer[at] >= '0' && answer[at] <= '9'; at++) {
            number = number * 10 + answer[at] - '0';
        }
        return number;
    }

    void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
            key = null;
        }
    }
}
