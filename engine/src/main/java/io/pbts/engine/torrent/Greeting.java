package io.pbts.engine.torrent;

import io.pbts.engine.peer.PeerConnection;
import io.pbts.engine.wire.ExtensionHandshake;
import io.pbts.engine.wire.Message;
import io.pbts.engine.wire.ProtocolViolation;
import io.pbts.protocol.bencode.BInteger;
import io.pbts.protocol.bencode.BString;
import io.pbts.protocol.bencode.BencodeValue;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;

/** What is said first: which pieces are there, which extensions are known. */
final class Greeting {

    private static final String CLIENT = "PBTS 0.1.0";

    private final Shared shared;
    private final int pieces;
    private final Optional<MetadataShare> metadata;

    Greeting(Shared shared, int pieces, Optional<MetadataShare> metadata) {
        this.shared = shared;
        this.pieces = pieces;
        this.metadata = metadata;
    }

    List<Message> to(PeerConnection peer, BitSet have) {
        List<Message> messages = new ArrayList<>();
        if (peer.isFast() && have.isEmpty()) {
            messages.add(new Message.HaveNone());
        } else if (peer.isFast() && have.cardinality() == pieces) {
            messages.add(new Message.HaveAll());
        } else if (!have.isEmpty()) {
            messages.add(new Message.Bitfield(write(have)));
        }
        if (peer.isExtended()) {
            messages.add(extended(have.cardinality() == pieces));
        }
        return messages;
    }

    /** The extension handshake, which may be said again when something in it has changed (BEP 10, BEP 21). */
    Message extended(boolean uploadOnly) {
        Map<String, BencodeValue> entries = new HashMap<>(shared.settings().handshakeEntries());
        entries.put("v", BString.of(CLIENT));
        entries.put("p", new BInteger(shared.port()));
        entries.put("reqq", new BInteger(PeerConnection.REQUEST_QUEUE));
        entries.put("upload_only", new BInteger(uploadOnly ? 1 : 0));
        List<String> names = new ArrayList<>(shared.settings().extensions());
        metadata.ifPresent(share -> {
            names.add(MetadataShare.NAME);
            entries.put("metadata_size", new BInteger(share.size()));
        });
        return new Message.Extended(0, ExtensionHandshake.encode(names, entries));
    }

    private Bytes write(BitSet have) {
        byte[] bytes = new byte[Math.ceilDiv(pieces, 8)];
        have.stream().forEach(piece -> bytes[piece / 8] |= (byte) (0x80 >>> piece % 8));
        return Bytes.wrap(bytes);
    }

    /** The pieces of a bitfield, whose size has been checked. */
    BitSet read(Bytes bits) throws ProtocolViolation {
        BitSet has = new BitSet(pieces);
        for (int piece = 0; piece < bits.size() * 8; piece++) {
            has.set(piece, (bits.get(piece / 8) & 0x80 >>> piece % 8) != 0);
        }
        if (has.length() > pieces) {
            throw new ProtocolViolation("a bitfield with bits beyond the last piece");
        }
        return has;
    }
}
