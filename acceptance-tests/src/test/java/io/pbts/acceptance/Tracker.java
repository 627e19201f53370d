package io.pbts.acceptance;

import io.pbts.protocol.bencode.BDictionary;
import io.pbts.protocol.bencode.BencodeDecoder;
import io.pbts.protocol.bencode.BencodeException;
import io.pbts.protocol.bencode.BencodeLimits;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;

/** Announces and scrapes as a bare client would, for looking into a swarm from outside. */
record Tracker(Http http, String prefix) {
    private static final int IPV4 = 4;
    private static final int IPV6 = 16;

    record Swarm(long complete, long incomplete) {}

    static String escaped(String infoHashHex) {
        var query = new StringBuilder();
        for (int i = 0; i < infoHashHex.length(); i += 2) {
            query.append('%').append(infoHashHex, i, i + 2);
        }
        return query.toString();
    }

    static BDictionary dictionary(byte[] body) {
        try {
            if (BencodeDecoder.decode(body, BencodeLimits.MESSAGE) instanceof BDictionary answer) {
                return answer;
            }
            throw new AssertionError("not a dictionary: " + Bytes.wrap(body));
        } catch (BencodeException e) {
            throw new AssertionError(
                    "not bencode: " + new String(body, java.nio.charset.StandardCharsets.ISO_8859_1), e);
        }
    }

    BDictionary announce(String infoHash, int port, String parameters) {
        String path = "%s/announce?info_hash=%s&peer_id=-AT0001-%012d&port=%d&uploaded=0&downloaded=0&compact=1%s"
                .formatted(prefix, escaped(infoHash), port, port, parameters);
        return dictionary(http.get(path).expect(200).body());
    }

    String failure(String infoHash, int port, String parameters) {
        return announce(infoHash, port, parameters).text("failure reason").orElse("(no failure)");
    }

    Swarm scrape(String infoHash) {
        BDictionary answer = dictionary(http.get("%s/scrape?info_hash=%s".formatted(prefix, escaped(infoHash)))
                .expect(200)
                .body());
        BDictionary file = answer.dictionary("files")
                .flatMap(files -> files.get(Bytes.fromHexString(infoHash)))
                .map(BDictionary.class::cast)
                .orElseThrow(() -> new AssertionError("no such file in " + answer));
        return new Swarm(
                file.integer("complete").orElseThrow(),
                file.integer("incomplete").orElseThrow());
    }

    /** Peers of an answer as {@code address:port}, IPv4 and IPv6. */
    static List<String> peers(BDictionary answer) {
        List<String> found = new ArrayList<>();
        found.addAll(compact(answer.string("peers").orElse(Bytes.EMPTY), IPV4));
        found.addAll(compact(answer.string("peers6").orElse(Bytes.EMPTY), IPV6));
        return found;
    }

    private static List<String> compact(Bytes list, int width) {
        List<String> found = new ArrayList<>();
        for (int at = 0; at + width + 2 <= list.size(); at += width + 2) {
            try {
                var address = InetAddress.getByAddress(list.slice(at, width).toArray());
                int port = (list.get(at + width) & 0xff) << 8 | (list.get(at + width + 1) & 0xff);
                found.add(address.getHostAddress() + ":" + port);
            } catch (UnknownHostException e) {
                throw new AssertionError("cannot happen with " + width + " bytes", e);
            }
        }
        return found;
    }
}
