package io.pbts.announce.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;

/** A client of BEP 15 that sends exactly the bytes it is given. */
public final class UdpClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int SILENCE_MILLIS = 300;

    private final DatagramSocket socket;
    private final InetAddress tracker;
    private final int port;
    private int transaction = 0x5eed;

    /** A client at this address of the machine. */
    public UdpClient(InetAddress from, InetAddress tracker, int port) {
        try {
            socket = new DatagramSocket(0, from);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.tracker = tracker;
        this.port = port;
    }

    /** What came back: an action, and what stands after the transaction id. */
    public record Reply(int action, Bytes body) {
        /** The text of an error. */
        public String error() {
            if (action != 3) {
                throw new AssertionError("no error but action %d: %s".formatted(action, body));
            }
            return new String(body.toArrayUnsafe(), US_ASCII);
        }

        public int number(int index) {
            return body.getInt(index * 4);
        }

        /** The ports of the peers after interval, leechers and seeders, in records of that many bytes. */
        public List<Integer> ports(int record) {
            if (action != 1 || (body.size() - 12) % record != 0) {
                throw new AssertionError(
                        "no announce answer with records of %d: %d %s".formatted(record, action, body));
            }
            List<Integer> ports = new ArrayList<>();
            for (int at = 12; at < body.size(); at += record) {
                ports.add(body.slice(at + record - 2, 2).toInt());
            }
            return ports;
        }
    }

    public long connect() {
        Reply reply =
                ask(ByteBuffer.allocate(16).putLong(0x41727101980L).putInt(0).array());
        if (reply.action() != 0) {
            throw new AssertionError("not connected: " + reply);
        }
        return reply.body().getLong(0);
    }

    /** An announce in BEP 15's layout; a test changes what it is about. */
    public static final class Packet {
        private final ByteBuffer head = ByteBuffer.allocate(98);
        private final ByteArrayOutputStream options = new ByteArrayOutputStream();

        private Packet(Bytes hash, int peerPort) {
            head.putInt(8, 1).put(16, hash.toArrayUnsafe());
            head.put(36, "-PB0100-%012d".formatted(peerPort).getBytes(US_ASCII));
            left(1000).wanted(-1);
            head.putShort(96, (short) peerPort);
        }

        public static Packet announce(Bytes hash, int peerPort) {
            return new Packet(hash, peerPort);
        }

        public Packet left(long bytes) {
            head.putLong(64, bytes);
            return this;
        }

        /** Bytes that the client says it has uploaded and downloaded. */
        public Packet moved(long uploaded, long downloaded) {
            head.putLong(72, uploaded).putLong(56, downloaded);
            return this;
        }

        public Packet wanted(int peers) {
            head.putInt(92, peers);
            return this;
        }

        /** 1 completed, 2 started, 3 stopped. */
        public Packet event(int event) {
            head.putInt(80, event);
            return this;
        }

        /** The address that a client may name, and a tracker must not believe. */
        public Packet claiming(int ipv4) {
            head.putInt(84, ipv4);
            return this;
        }

        /** Path and query of the tracker's URL (BEP 41). */
        public Packet url(String text) {
            return option(2, text.getBytes(US_ASCII));
        }

        public Packet option(int type, byte[] data) {
            options.write(type);
            options.write(data.length);
            options.writeBytes(data);
            return this;
        }

        /** Options byte by byte. */
        public Packet raw(int... bytes) {
            for (int b : bytes) {
                options.write(b);
            }
            return this;
        }

        public byte[] bytes(long connection) {
            head.putLong(0, connection);
            return ByteBuffer.allocate(98 + options.size())
                    .put(head.array())
                    .put(options.toByteArray())
                    .array();
        }
    }

    /** Connects first. */
    public Reply announce(Packet packet) {
        return ask(packet.bytes(connect()));
    }

    public Reply scrape(long connection, Bytes... hashes) {
        byte[] names = Bytes.concatenate(hashes).toArrayUnsafe();
        return ask(ByteBuffer.allocate(16 + names.length)
                .putLong(connection)
                .putInt(2)
                .putInt(0)
                .put(names)
                .array());
    }

    /** Sends the packet with a transaction id of its own and waits for the answer to it. */
    public Reply ask(byte[] packet) {
        return exchange(packet, PATIENCE_MILLIS).orElseThrow(() -> new AssertionError("no answer"));
    }

    /** Whether nothing comes back. */
    public boolean isIgnored(byte[] packet) {
        return exchange(packet, SILENCE_MILLIS).isEmpty();
    }

    private Optional<Reply> exchange(byte[] packet, int millis) {
        try {
            int id = ++transaction;
            if (packet.length >= 16) {
                ByteBuffer.wrap(packet).putInt(12, id);
            }
            socket.setSoTimeout(millis);
            socket.send(new DatagramPacket(packet, packet.length, tracker, port));
            var answer = new DatagramPacket(new byte[4096], 4096);
            do {
                socket.receive(answer);
            } while (packet.length >= 16 && ByteBuffer.wrap(answer.getData()).getInt(4) != id);
            byte[] bytes = Arrays.copyOf(answer.getData(), answer.getLength());
            return Optional.of(new Reply(
                    ByteBuffer.wrap(bytes).getInt(0), Bytes.wrap(bytes).slice(8)));
        } catch (SocketTimeoutException silence) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
