package io.pbts.engine.torrent;

import io.pbts.engine.peer.PeerConnection;
import io.pbts.protocol.bencode.BDictionary;
import io.pbts.protocol.bencode.BInteger;
import io.pbts.protocol.bencode.BencodeDecoder;
import io.pbts.protocol.bencode.BencodeException;
import io.pbts.protocol.bencode.BencodeLimits;
import io.pbts.protocol.bencode.BencodeValue;
import io.pbts.protocol.bencode.BencodeWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.tuweni.bytes.Bytes;

/** Gives the info dictionary to peers that know nothing but its hash, in parts of 16 KiB (BEP 9). */
final class MetadataShare {

    static final String NAME = "ut_metadata";
    static final int PART = 16 << 10;

    /** How often a peer may ask for all of it: a request is small and its answer is not. */
    private static final int TIMES = 3;

    private static final int REQUEST = 0;
    private static final int DATA = 1;
    private static final int REJECT = 2;

    private final Bytes info;
    private final int parts;
    private final Map<PeerConnection, Integer> given = new WeakHashMap<>();

    MetadataShare(Bytes info) {
        this.info = info;
        this.parts = Math.ceilDiv(info.size(), PART);
    }

    int size() {
        return info.size();
    }

    /** A message from a peer; what is no request is passed over. */
    void asked(PeerConnection peer, Bytes payload) {
        try {
            if (BencodeDecoder.decode(payload, BencodeLimits.MESSAGE) instanceof BDictionary said
                    && said.integer("msg_type").filter(type -> type == REQUEST).isPresent()) {
                said.integer("piece").ifPresent(part -> answer(peer, part));
            }
        } catch (BencodeException e) {
            return;
        }
    }

    private void answer(PeerConnection peer, long part) {
        if (part < 0 || part >= parts || !mayHaveMore(peer)) {
            peer.send(NAME, BencodeWriter.encode(head(REJECT, part)));
            return;
        }
        int begin = (int) part * PART;
        Bytes data = info.slice(begin, Math.min(PART, info.size() - begin));
        peer.send(NAME, Bytes.concatenate(BencodeWriter.encode(head(DATA, part)), data));
    }

    private synchronized boolean mayHaveMore(PeerConnection peer) {
        return given.merge(peer, 1, Integer::sum) <= TIMES * parts;
    }

    private BDictionary head(int type, long part) {
        Map<String, BencodeValue> head = new HashMap<>();
        head.put("msg_type", new BInteger(type));
        head.put("piece", new BInteger(part));
        if (type == DATA) {
            head.put("total_size", new BInteger(info.size()));
        }
        return BDictionary.of(head);
    }
}
