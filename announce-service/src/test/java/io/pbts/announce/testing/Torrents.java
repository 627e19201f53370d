package io.pbts.announce.testing;

import io.pbts.protocol.bencode.BDictionary;
import io.pbts.protocol.bencode.BInteger;
import io.pbts.protocol.bencode.BString;
import io.pbts.protocol.bencode.BencodeValue;
import io.pbts.protocol.bencode.BencodeWriter;
import java.util.HashMap;
import java.util.Map;
import org.apache.tuweni.bytes.Bytes;

/** Small metainfo files, each name another torrent. */
public final class Torrents {
    public static final int PIECE = 16_384;

    private Torrents() {}

    /** A private v1 torrent of so many pieces with the source that is demanded by default. */
    public static byte[] ofName(String name, int pieces) {
        return file(info(name, pieces, true));
    }

    /** One that also lets peers come from elsewhere. */
    public static byte[] publicOne(String name) {
        return file(info(name, 1, false));
    }

    public static Map<String, BencodeValue> info(String name, int pieces, boolean isPrivate) {
        Map<String, BencodeValue> info = new HashMap<>();
        info.put("name", BString.of(name));
        info.put("piece length", new BInteger(PIECE));
        info.put("length", new BInteger((long) pieces * PIECE));
        info.put("pieces", new BString(Bytes.repeat((byte) 7, pieces * 20)));
        if (isPrivate) {
            info.put("private", new BInteger(1));
            info.put("source", BString.of("PBTS"));
        }
        return info;
    }

    /** Info of a v2 torrent of one file of one piece; with {@code hybrid}, of a v1 torrent too. */
    public static Map<String, BencodeValue> infoV2(String name, boolean hybrid, boolean isPrivate) {
        Map<String, BencodeValue> info = info(name, 1, isPrivate);
        BencodeValue leaf = BDictionary.of(
                Map.of("length", new BInteger(100), "pieces root", new BString(Bytes.repeat((byte) 5, 32))));
        info.put("meta version", new BInteger(2));
        info.put("file tree", BDictionary.of(Map.of(name, BDictionary.of(Map.of("", leaf)))));
        if (hybrid) {
            info.put("length", new BInteger(100));
        } else {
            info.remove("length");
            info.remove("pieces");
        }
        return info;
    }

    public static byte[] file(Map<String, BencodeValue> info) {
        return BencodeWriter.encodeToArray(Map.of(
                "announce", BString.of("http://tracker.test/secretsecretsecretsecretsecretse/announce"),
                "info", BDictionary.of(info)));
    }
}
