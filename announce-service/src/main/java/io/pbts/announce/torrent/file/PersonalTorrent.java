package io.pbts.announce.torrent.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pbts.protocol.bencode.BList;
import io.pbts.protocol.bencode.BString;
import io.pbts.protocol.bencode.BencodeValue;
import io.pbts.protocol.bencode.BencodeWriter;
import io.pbts.protocol.torrent.InfoHash;
import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;

/** A registered torrent with somebody's announce URLs. */
public final class PersonalTorrent {
    private static final Bytes BEGIN = Bytes.wrap("d".getBytes(UTF_8));

    private PersonalTorrent() {}

    /**
     * The {@code .torrent} file: the info dictionary byte for byte as it was uploaded, and each URL a tier of its own (BEP 12),
     * so that a client goes on to the next when one fails.
     *
     * @param stored as {@link UploadedTorrent#stored()}
     */
    public static Bytes file(Bytes stored, List<String> urls) {
        List<BencodeValue> tiers = urls.stream()
                .<BencodeValue>map(url -> new BList(List.of(BString.of(url))))
                .toList();
        return Bytes.concatenate(
                BEGIN,
                entry("announce", BString.of(urls.getFirst())),
                entry("announce-list", new BList(tiers)),
                stored.slice(1));
    }

    /**
     * The magnet link (BEP 9; v2 as a multihash, BEP 53).
     *
     * @param bytes size of the content
     */
    public static String magnet(
            Optional<InfoHash> v1, Optional<InfoHash> v2, String name, long bytes, List<String> urls) {
        var link = new StringBuilder("magnet:?");
        v1.ifPresent(hash -> link.append("xt=urn:btih:").append(hash.hex()).append('&'));
        v2.ifPresent(hash -> link.append("xt=urn:btmh:1220").append(hash.hex()).append('&'));
        link.append("dn=").append(escaped(name)).append("&xl=").append(bytes);
        urls.forEach(url -> link.append("&tr=").append(escaped(url)));
        return link.toString();
    }

    private static Bytes entry(String key, BencodeValue value) {
        return Bytes.concatenate(BencodeWriter.encode(BString.of(key)), BencodeWriter.encode(value));
    }

    /** Percent-encoded (RFC 3986), blanks too: a plus is a plus to many clients. */
    private static String escaped(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
