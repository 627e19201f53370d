package io.pbts.engine.metadata;

import io.pbts.engine.wire.ExtensionHandshake;
import io.pbts.engine.wire.Handshake;
import io.pbts.engine.wire.Message;
import io.pbts.engine.wire.MessageWriter;
import io.pbts.protocol.bencode.BDictionary;
import io.pbts.protocol.bencode.BInteger;
import io.pbts.protocol.bencode.BencodeDecoder;
import io.pbts.protocol.bencode.BencodeException;
import io.pbts.protocol.bencode.BencodeLimits;
import io.pbts.protocol.bencode.BencodeWriter;
import io.pbts.protocol.torrent.PeerId;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.tuweni.bytes.Bytes;

/** One peer that is asked for the info dictionary, part by part (BEP 9). Everything else it says is passed over. */
final class MetadataPeer {

    private static final String NAME = "ut_metadata";
    private static final int PART = 16 << 10;
    private static final int DATA = 1;
    private static final int REJECT = 2;
    private static final int MAX_EXTENDED = 64 << 10;

    /** A bitfield of as many pieces as a metainfo file may have. */
    private static final int MAX_OTHER = 1 << 20;

    private final InetSocketAddress address;
    private final Bytes infoHash;
    private final PeerId self;
    private final long until;

    MetadataPeer(InetSocketAddress address, Bytes infoHash, PeerId self, Duration patience) {
        this.address = address;
        this.infoHash = infoHash;
        this.self = self;
        this.until = System.nanoTime() + patience.toNanos();
    }

    /** The bytes it sent, whose hash nobody has looked at yet. */
    Bytes ask() throws IOException {
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.connect(address, remainingMillis());
            socket.setSoTimeout(remainingMillis());
            new Handshake(infoHash, self, false, true).write(Channels.newChannel(socket.getOutputStream()));
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            Handshake theirs = Handshake.read(Channels.newChannel(in));
            if (!theirs.infoHash().equals(infoHash) || !theirs.extended()) {
                throw new IOException("it knows no extensions, or another torrent");
            }
            say(socket, 0, ExtensionHandshake.encode(List.of(NAME), Map.of()));
            return parts(socket, in);
        }
    }

    private Bytes parts(Socket socket, DataInputStream in) throws IOException {
        ExtensionHandshake said = ExtensionHandshake.decode(next(socket, in, 0))
                .orElseThrow(() -> new IOException("its extension handshake is none"));
        Integer number = said.ids().get(NAME);
        long size = said.entries().integer("metadata_size").orElse(0L);
        if (number == null || size < 1 || size > BencodeLimits.METAINFO.maxBytes()) {
            throw new IOException("it does not pass on what the torrent is");
        }
        ByteBuffer info = ByteBuffer.allocate((int) size);
        for (int part = 0; info.hasRemaining(); part++) {
            say(
                    socket,
                    number,
                    BencodeWriter.encode(
                            BDictionary.of(Map.of("msg_type", new BInteger(0), "piece", new BInteger(part)))));
            info.put(part(socket, in, part, Math.min(PART, info.remaining())).toArrayUnsafe());
        }
        return Bytes.wrapByteBuffer(info.flip());
    }

    /** The head is a dictionary; the bytes, whose number is known, follow it. */
    private Bytes part(Socket socket, DataInputStream in, int part, int length) throws IOException {
        while (true) {
            Bytes payload = next(socket, in, 1);
            int head = payload.size() - length;
            if (head > 0 && isHead(payload.slice(0, head), DATA, part)) {
                return payload.slice(head);
            }
            if (isHead(payload, REJECT, part)) {
                throw new IOException("it refuses to tell what the torrent is");
            }
        }
    }

    private static boolean isHead(Bytes bytes, int type, int part) {
        try {
            return BencodeDecoder.decode(bytes, BencodeLimits.MESSAGE) instanceof BDictionary head
                    && head.integer("msg_type").filter(said -> said == type).isPresent()
                    && head.integer("piece").filter(said -> said == part).isPresent();
        } catch (BencodeException e) {
            return false;
        }
    }

    /** The next extension message of this number. */
    private Bytes next(Socket socket, DataInputStream in, int number) throws IOException {
        while (true) {
            socket.setSoTimeout(remainingMillis());
            int length = in.readInt();
            if (length == 0) {
                continue;
            }
            int id = length < 0 ? -1 : in.readUnsignedByte();
            int rest = length - 1;
            if (id == Message.ID_EXTENDED && rest >= 1 && rest <= MAX_EXTENDED) {
                int said = in.readUnsignedByte();
                byte[] payload = new byte[rest - 1];
                in.readFully(payload);
                if (said == number) {
                    return Bytes.wrap(payload);
                }
            } else if (id == Message.ID_EXTENDED || rest < 0 || rest > MAX_OTHER) {
                throw new IOException("a message of " + Integer.toUnsignedString(length) + " bytes");
            } else {
                in.skipNBytes(rest);
            }
        }
    }

    private static void say(Socket socket, int number, Bytes payload) throws IOException {
        Message message = new Message.Extended(number, payload);
        ByteBuffer out = ByteBuffer.allocate(MessageWriter.size(message));
        MessageWriter.put(out, message);
        socket.getOutputStream().write(Bytes.wrapByteBuffer(out.flip()).toArrayUnsafe());
    }

    private int remainingMillis() throws SocketTimeoutException {
        long millis = (until - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new SocketTimeoutException("it took too long");
        }
        return (int) millis;
    }
}
