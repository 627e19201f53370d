package io.pbts.engine.tracker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/** Trackers by UDP (BEP 15), with path and query of their URL (BEP 41), where a passkey lies. */
final class UdpTracker implements AddressedTracker {

    private static final long PROTOCOL = 0x41727101980L;
    private static final int CONNECT = 0;
    private static final int ANNOUNCE = 1;
    private static final int ERROR = 3;
    private static final int HEAD = 98;
    private static final int URL_DATA = 2;
    private static final int MAX_URL_PART = 255;
    private static final int MAX_URL = 2048;
    private static final int MAX_ANSWER = 8 << 10;
    private static final int FIRST_WAIT_MILLIS = 15_000;

    private final SecureRandom random;

    UdpTracker(SecureRandom random) {
        this.random = random;
    }

    @Override
    public AnnounceAnswer announce(URI tracker, InetAddress address, AnnounceRequest request, Duration patience)
            throws TrackerFailure, InterruptedException {
        int port = tracker.getPort() < 0 ? 80 : tracker.getPort();
        long until = System.nanoTime() + patience.toNanos();
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(address, port));
            return new Exchange(socket, until).announce(tracker, request);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw new TrackerFailure("cannot reach the tracker: "
                    + Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName()));
        }
    }

    /** The announce with its options, as long as the URL needs. */
    static byte[] announceBytes(long connection, int transaction, URI tracker, AnnounceRequest request) {
        byte[] url = urlData(tracker);
        byte[] bytes = new byte[HEAD + url.length + 2 * Math.ceilDiv(url.length, MAX_URL_PART)];
        ByteBuffer out = ByteBuffer.wrap(bytes);
        out.putLong(connection).putInt(ANNOUNCE).putInt(transaction);
        out.put(request.infoHash().toArrayUnsafe());
        out.put(request.self().bytes().toArrayUnsafe());
        out.putLong(request.downloaded()).putLong(request.left()).putLong(request.uploaded());
        out.putInt(request.event().number());
        out.putInt(0).putInt(request.key()).putInt(request.wanted());
        out.putShort((short) request.port());
        for (int at = 0; at < url.length; at += MAX_URL_PART) {
            int length = Math.min(MAX_URL_PART, url.length - at);
            out.put((byte) URL_DATA).put((byte) length).put(url, at, length);
        }
        return bytes;
    }

    private static byte[] urlData(URI tracker) {
        String query = tracker.getRawQuery() == null ? "" : "?" + tracker.getRawQuery();
        String path = tracker.getRawPath() == null ? "" : tracker.getRawPath();
        byte[] bytes = (path + query).getBytes(ISO_8859_1);
        return bytes.length > MAX_URL ? new byte[0] : bytes;
    }

    /** One conversation, tried again after 15 seconds, then 30, as long as there is time. */
    private final class Exchange {
        private final DatagramSocket socket;
        private final long until;

        private Exchange(DatagramSocket socket, long until) {
            this.socket = socket;
            this.until = until;
        }

        private AnnounceAnswer announce(URI tracker, AnnounceRequest request) throws IOException, TrackerFailure {
            int transaction = random.nextInt();
            byte[] hello = new byte[16];
            ByteBuffer.wrap(hello).putLong(PROTOCOL).putInt(CONNECT).putInt(transaction);
            long connection = ask(hello, CONNECT, transaction, 8).getLong();
            int second = random.nextInt();
            ByteBuffer answer = ask(announceBytes(connection, second, tracker, request), ANNOUNCE, second, 12);
            Duration interval = Duration.ofSeconds(Math.max(1, answer.getInt()));
            answer.getLong();
            byte[] rest = new byte[answer.remaining()];
            answer.get(rest);
            List<InetSocketAddress> peers = new ArrayList<>();
            boolean six = socket.getInetAddress() instanceof Inet6Address;
            AnnounceAnswer.compact(Bytes.wrap(rest), six ? 16 : 4, peers);
            return new AnnounceAnswer(interval, Optional.empty(), peers, Optional.empty());
        }

        /** The answer to a question, past its head; strays are passed over. */
        private ByteBuffer ask(byte[] question, int action, int transaction, int minimum)
                throws IOException, TrackerFailure {
            int wait = FIRST_WAIT_MILLIS;
            while (true) {
                socket.send(new DatagramPacket(question, question.length));
                long deadline = Math.min(
                        until, System.nanoTime() + Duration.ofMillis(wait).toNanos());
                for (ByteBuffer answer = receive(deadline); answer != null; answer = receive(deadline)) {
                    if (answer.remaining() < 8) {
                        continue;
                    }
                    int said = answer.getInt();
                    if (answer.getInt() != transaction) {
                        continue;
                    }
                    if (said == ERROR) {
                        throw new TrackerFailure(UTF_8.decode(answer).toString().strip());
                    }
                    if (said == action && answer.remaining() >= minimum) {
                        return answer;
                    }
                }
                if (System.nanoTime() - until >= 0) {
                    throw new SocketTimeoutException("no answer");
                }
                wait *= 2;
            }
        }

        /** The next datagram, or null when none comes in time. */
        private @Nullable ByteBuffer receive(long deadline) throws IOException {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return null;
            }
            socket.setSoTimeout((int) millis);
            DatagramPacket packet = new DatagramPacket(new byte[MAX_ANSWER], MAX_ANSWER);
            try {
                socket.receive(packet);
            } catch (SocketTimeoutException e) {
                return null;
            }
            return ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
        }
    }
}
