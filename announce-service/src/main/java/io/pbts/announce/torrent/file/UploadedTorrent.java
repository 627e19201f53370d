package io.pbts.announce.torrent.file;

import io.pbts.protocol.bencode.BDictionary;
import io.pbts.protocol.bencode.BencodeDecoder;
import io.pbts.protocol.bencode.BencodeException;
import io.pbts.protocol.bencode.BencodeLimits;
import io.pbts.protocol.torrent.Metainfo;
import io.pbts.protocol.torrent.Metainfo.Hashed;
import io.pbts.protocol.torrent.MetainfoException;
import io.pbts.support.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;

/**
 * A {@code .torrent} file that somebody sent, read strictly.
 *
 * @param stored the file as it is kept: info dictionary and piece layers, without announce URLs, which may hold a passkey
 */
public record UploadedTorrent(Metainfo metainfo, Bytes stored) {
    private static final int MOST_NAME = 255;

    /** Refuses with the reason when the file is not a torrent we take. */
    public static UploadedTorrent read(byte[] file) {
        try {
            Metainfo metainfo = Metainfo.parse(file);
            requireStorable(metainfo.name());
            requireShort(metainfo.name());
            metainfo.source().ifPresent(UploadedTorrent::requireStorable);
            return new UploadedTorrent(metainfo, strip(Bytes.wrap(file)));
        } catch (MetainfoException | BencodeException e) {
            throw new Refusal(400, "invalid-torrent", "Not a valid .torrent file: " + e.getMessage(), e);
        }
    }

    public int pieceCount() {
        return metainfo.v1().or(metainfo::v2).orElseThrow().pieces().count();
    }

    public Optional<Bytes> v1() {
        return metainfo.v1().map(Hashed::infoHash).map(hash -> hash.bytes());
    }

    public Optional<Bytes> v2() {
        return metainfo.v2().map(Hashed::infoHash).map(hash -> hash.bytes());
    }

    /** Of the limits of common file systems the widest, since clients save it under this name. */
    private static void requireShort(String name) {
        if (name.length() > MOST_NAME) {
            throw new Refusal(
                    400,
                    "invalid-torrent",
                    "Not a valid .torrent file: info.name: more than %d characters".formatted(MOST_NAME));
        }
    }

    /** Postgres stores every character of Unicode but this one. */
    private static void requireStorable(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new Refusal(400, "invalid-torrent", "Not a valid .torrent file: a text holds a NUL character");
        }
    }

    private static Bytes strip(Bytes file) throws BencodeException {
        if (!(BencodeDecoder.decode(file, BencodeLimits.METAINFO) instanceof BDictionary root)) {
            throw new IllegalStateException("metainfo that parsed is a dictionary");
        }
        Bytes info = Bytes.concatenate(ascii("d4:info"), root.raw("info").orElseThrow());
        Bytes layers = root.raw("piece layers")
                .map(found -> Bytes.concatenate(ascii("12:piece layers"), found))
                .orElse(Bytes.EMPTY);
        return Bytes.concatenate(info, layers, ascii("e"));
    }

    private static Bytes ascii(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
