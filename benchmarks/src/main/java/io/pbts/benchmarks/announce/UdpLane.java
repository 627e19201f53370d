package io.pbts.benchmarks.announce;

import io.pbts.benchmarks.network.Loopback;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;

/** A socket, its connection id, and the announces in flight; an announce's transaction id is its place among them. */
final class UdpLane {
    private static final int WINDOW = 32;
    private static final long PROTOCOL = 0x41727101980L;
    private static final int CONNECT = 0;
    private static final int ANNOUNCE = 1;
    private static final int CONNECTED = 16;
    private static final int HEAD = 20;
    private static final int RECORD = 6;
    private static final int MOST = 2048;
    private static final int URL_DATA = 2;
    private static final int TRIES = 20;
    private static final int FREE = -1;

    private final DatagramChannel channel;
    private final Contestant tracker;
    private final Population population;
    private final int lane;
    private final ByteBuffer out = ByteBuffer.allocateDirect(MOST);
    private final ByteBuffer in = ByteBuffer.allocateDirect(MOST);
    private final int[] numbers = new int[WINDOW];
    private final long[] dues = new long[WINDOW];
    private final long[] sent = new long[WINDOW];
    private int waiting;
    private int next;
    private long connection;

    private UdpLane(DatagramChannel channel, Contestant tracker, Population population, int lane) {
        this.channel = channel;
        this.tracker = tracker;
        this.population = population;
        this.lane = lane;
        next = lane;
        java.util.Arrays.fill(numbers, FREE);
    }

    static UdpLane connect(Contestant tracker, Population population, int lane, Selector selector) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 20);
        channel.bind(Loopback.client(Population.address(lane)));
        channel.connect(Loopback.tracker(tracker.udpPort()));
        channel.configureBlocking(false);
        var made = new UdpLane(channel, tracker, population, lane);
        made.begin();
        channel.register(selector, SelectionKey.OP_READ, made);
        return made;
    }

    private void begin() throws IOException {
        try (Selector own = Selector.open()) {
            SelectionKey key = channel.register(own, SelectionKey.OP_READ);
            for (int attempt = 0; attempt < TRIES; attempt++) {
                out.clear().putLong(PROTOCOL).putInt(CONNECT).putInt(lane).flip();
                channel.write(out);
                own.select(200);
                in.clear();
                if (channel.read(in) == CONNECTED && in.getInt(0) == CONNECT && in.getInt(4) == lane) {
                    connection = in.getLong(8);
                    key.cancel();
                    return;
                }
            }
        }
        throw new SocketTimeoutException(tracker.name() + " gives no connection id over UDP");
    }

    boolean isWaiting() {
        return waiting > 0;
    }

    boolean hasRoom() {
        return waiting < WINDOW && !isThrough();
    }

    /** Whether each of its announces was sent, and none is to be sent again. */
    boolean isThrough() {
        return next < 0;
    }

    void send(Pace pace) throws IOException {
        int slot = 0;
        while (numbers[slot] != FREE) {
            slot++;
        }
        numbers[slot] = next;
        dues[slot] = pace.take(System.nanoTime());
        next = pace.after(next, Population.ADDRESSES, population.size());
        waiting++;
        write(slot);
    }

    private void write(int slot) throws IOException {
        int number = numbers[slot];
        out.clear().putLong(connection).putInt(ANNOUNCE).putInt(slot);
        out.put(population.infoHash(number)).put(Population.peerId(number));
        out.putLong(0)
                .putLong(population.left(number))
                .putLong(0)
                .putInt(0)
                .putInt(0)
                .putInt(slot);
        out.putInt(Population.WANTED).putShort((short) population.port(number));
        byte[] url = tracker.urlData(population.account(number));
        if (url.length > 0) {
            out.put((byte) URL_DATA).put((byte) url.length).put(url);
        }
        sent[slot] = System.nanoTime();
        channel.write(out.flip());
    }

    /** Takes every answer that is there. */
    void receive(int peers, Tally tally) throws IOException {
        in.clear();
        while (channel.read(in) > 0) {
            int size = in.position();
            if (size == CONNECTED && in.getInt(0) == CONNECT) {
                in.clear(); // to a packet that was sent again, for the first answer came late
                continue;
            }
            int slot = in.getInt(4);
            if (size < HEAD || in.getInt(0) != ANNOUNCE || slot < 0 || slot >= WINDOW) {
                throw new IOException("an announce was answered " + text(size));
            }
            if ((size - HEAD) / RECORD < peers) {
                throw new IOException("an answer of %s holds %d peers, not %d"
                        .formatted(tracker.name(), (size - HEAD) / RECORD, peers));
            }
            if (numbers[slot] != FREE) {
                numbers[slot] = FREE;
                waiting--;
                tally.answered(dues[slot], System.nanoTime());
            }
            in.clear();
        }
    }

    private String text(int size) {
        byte[] bytes = new byte[Math.max(0, size - 8)];
        in.get(8, bytes);
        return "action %d: %s".formatted(in.getInt(0), new String(bytes, StandardCharsets.ISO_8859_1));
    }

    /** UDP may lose packets; what was sent before that moment and has no answer is sent once more. */
    void sendAgain(long before, Tally tally) throws IOException {
        for (int slot = 0; slot < WINDOW && waiting > 0; slot++) {
            if (numbers[slot] != FREE && sent[slot] - before < 0) {
                tally.lost();
                write(slot);
            }
        }
    }

    void close() throws IOException {
        channel.close();
    }
}
