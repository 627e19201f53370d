package io.pbts.announce.torrent.file;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pbts.protocol.bencode.BDictionary;
import io.pbts.protocol.bencode.BDictionary.Entry;
import io.pbts.protocol.bencode.BInteger;
import io.pbts.protocol.bencode.BString;
import io.pbts.protocol.bencode.BencodeDecoder;
import io.pbts.protocol.bencode.BencodeException;
import io.pbts.protocol.bencode.BencodeLimits;
import io.pbts.protocol.bencode.BencodeValue;
import io.pbts.protocol.bencode.BencodeWriter;
import io.pbts.protocol.torrent.Metainfo;
import io.pbts.support.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.tuweni.bytes.Bytes;

/**
 * What a private community demands of an info dictionary: the {@code private} flag (BEP 27), and its own {@code source}, which
 * makes the info hash unlike that of the same files on any other tracker, so that a client never mixes their peers.
 *
 * @param source from 1 to 64 characters
 */
public record CommunityRules(String source) {
    /** Where {@link #corrected} can be asked for. */
    public static final String CORRECTED_AT = "/api/v1/torrents/corrected";

    /** A larger file is not sent along with the refusal, only by the route. */
    private static final int MOST_ALONG = 64 << 10;

    public CommunityRules {
        if (source.isBlank() || source.length() > 64 || source.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("pbts.torrent.source must have 1 to 64 characters, not: " + source);
        }
    }

    /** Refuses what does not comply, and offers the file that would. */
    public void require(UploadedTorrent upload) {
        if (!upload.metainfo().isPrivate()) {
            throw offering(
                    "not-private",
                    "The torrent lacks the private flag (BEP 27), so its peers would also come from DHT and PEX."
                            + " Create it again as private, such as with 'mktorrent -p' or 'transmission-create -p',"
                            + " or upload the corrected file",
                    upload);
        }
        if (!upload.metainfo().source().filter(source::equals).isPresent()) {
            throw offering(
                    "wrong-source",
                    ("The info dictionary needs the source \"%s\", which makes the torrent this tracker's own."
                                    + " Create it again with it, such as with 'mktorrent -s' or 'transmission-create -r',"
                                    + " or upload the corrected file")
                            .formatted(source),
                    upload);
        }
    }

    /** The same pieces with flag and source, hence with other info hashes; without announce URLs. Does not change a file that complies. */
    public UploadedTorrent corrected(UploadedTorrent upload) {
        BDictionary root = dictionary(upload.stored());
        Map<Bytes, BencodeValue> info = new LinkedHashMap<>();
        for (Entry entry : root.dictionary("info").orElseThrow().entries()) {
            info.put(entry.key(), entry.value());
        }
        info.put(key("private"), new BInteger(1));
        info.put(key("source"), BString.of(source));
        Bytes layers = root.raw("piece layers")
                .map(found -> Bytes.concatenate(Bytes.wrap("12:piece layers".getBytes(US_ASCII)), found))
                .orElse(Bytes.EMPTY);
        return UploadedTorrent.read(Bytes.concatenate(
                        Bytes.wrap("d4:info".getBytes(US_ASCII)),
                        BencodeWriter.encode(BDictionary.ofBytes(info)),
                        layers,
                        Bytes.of('e'))
                .toArrayUnsafe());
    }

    private Refusal offering(String code, String sentence, UploadedTorrent upload) {
        UploadedTorrent better = corrected(upload);
        Metainfo metainfo = better.metainfo();
        Refusal refusal = new Refusal(422, code, sentence)
                .with("source", source)
                .with("corrected_at", CORRECTED_AT)
                .with(
                        "corrected_info_hash",
                        metainfo.v1().or(metainfo::v2).orElseThrow().infoHash().hex());
        return better.stored().size() > MOST_ALONG
                ? refusal
                : refusal.with("corrected_torrent", better.stored().toBase64String());
    }

    private static BDictionary dictionary(Bytes file) {
        try {
            if (BencodeDecoder.decode(file, BencodeLimits.METAINFO) instanceof BDictionary root) {
                return root;
            }
            throw new IllegalStateException("metainfo that parsed is a dictionary");
        } catch (BencodeException e) {
            throw new IllegalStateException("metainfo that parsed is bencode", e);
        }
    }

    private static Bytes key(String name) {
        return Bytes.wrap(name.getBytes(US_ASCII));
    }
}
