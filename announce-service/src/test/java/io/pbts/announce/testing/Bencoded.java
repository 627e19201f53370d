package io.pbts.announce.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.pbts.protocol.bencode.BDictionary;
import io.pbts.protocol.bencode.BencodeDecoder;
import io.pbts.protocol.bencode.BencodeException;
import io.pbts.protocol.bencode.BencodeLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;

/** The body of an answer, read by the strict decoder: keys that are not in order do not pass. */
public final class Bencoded {
    private final byte[] bytes;

    public Bencoded(byte[] bytes) {
        this.bytes = bytes;
    }

    public String text() {
        return new String(bytes, ISO_8859_1);
    }

    public BDictionary dictionary() {
        try {
            return (BDictionary) BencodeDecoder.decode(bytes, BencodeLimits.MESSAGE);
        } catch (BencodeException e) {
            throw new AssertionError("not bencode: " + text(), e);
        }
    }

    public Optional<String> failure() {
        return dictionary().text("failure reason");
    }

    public long integer(String key) {
        return dictionary().integer(key).orElseThrow(() -> new AssertionError("no " + key + " in " + text()));
    }

    /** Ports of the compact IPv4 peers, in order. */
    public List<Integer> ports() {
        return ports("peers", 6);
    }

    /** Ports of the compact IPv6 peers, in order. */
    public List<Integer> ports6() {
        return ports("peers6", 18);
    }

    private List<Integer> ports(String key, int width) {
        Bytes peers = dictionary().string(key).orElse(Bytes.EMPTY);
        List<Integer> ports = new ArrayList<>();
        for (int end = width; end <= peers.size(); end += width) {
            ports.add(peers.slice(end - 2, 2).toInt());
        }
        return ports.stream().sorted().toList();
    }

    @Override
    public String toString() {
        return text();
    }
}
