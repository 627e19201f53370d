package io.pbts.engine;

import io.pbts.protocol.bencode.BDictionary;
import io.pbts.protocol.bencode.BInteger;
import io.pbts.protocol.bencode.BList;
import io.pbts.protocol.bencode.BString;
import io.pbts.protocol.bencode.BencodeValue;
import io.pbts.protocol.bencode.BencodeWriter;
import io.pbts.protocol.torrent.Metainfo;
import io.pbts.protocol.torrent.MetainfoException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.tuweni.bytes.Bytes;

/** Random files with the torrent over them. Padding is part of the content, as zeros. */
final class Payload {
    private final String name;
    private final byte[] content;
    private final Map<String, byte[]> files;
    private final byte[] torrent;

    private Payload(String name, byte[] content, Map<String, byte[]> files, byte[] torrent) {
        this.name = name;
        this.content = content;
        this.files = files;
        this.torrent = torrent;
    }

    String name() {
        return name;
    }

    /** All bytes that pieces cover. */
    byte[] content() {
        return content;
    }

    byte[] torrent() {
        return torrent;
    }

    /** One file. */
    static Payload single(String name, int length, int pieceLength, String announce) {
        byte[] content = random(name, length);
        Map<String, BencodeValue> info = new HashMap<>();
        info.put("length", new BInteger(length));
        return of(name, content, Map.of("", content), info, pieceLength, announce);
    }

    /** Files of these lengths, each but the last padded to the end of a piece (BEP 47). */
    static Payload padded(String name, int pieceLength, String announce, int... lengths) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        Map<String, byte[]> files = new HashMap<>();
        List<BencodeValue> listed = new ArrayList<>();
        for (int i = 0; i < lengths.length; i++) {
            byte[] file = random(name + i, lengths[i]);
            String path = "folder" + i % 2 + "/file" + i;
            files.put(path, file);
            content.writeBytes(file);
            listed.add(entry(lengths[i], "", path.split("/", -1)));
            int pad = (pieceLength - content.size() % pieceLength) % pieceLength;
            if (pad > 0 && i < lengths.length - 1) {
                content.writeBytes(new byte[pad]);
                listed.add(entry(pad, "p", ".pad", Integer.toString(pad + i * 1_000_000)));
            }
        }
        Map<String, BencodeValue> info = new HashMap<>();
        info.put("files", new BList(listed));
        return of(name, content.toByteArray(), files, info, pieceLength, announce);
    }

    private static BencodeValue entry(int length, String attr, String... path) {
        List<BencodeValue> components = new ArrayList<>();
        for (String component : path) {
            components.add(BString.of(component));
        }
        return BDictionary.of(
                Map.of("length", new BInteger(length), "path", new BList(components), "attr", BString.of(attr)));
    }

    private static Payload of(
            String name,
            byte[] content,
            Map<String, byte[]> files,
            Map<String, BencodeValue> info,
            int pieceLength,
            String announce) {
        info.put("name", BString.of(name));
        info.put("piece length", new BInteger(pieceLength));
        info.put("private", new BInteger(1));
        ByteArrayOutputStream pieces = new ByteArrayOutputStream();
        for (int at = 0; at < content.length; at += pieceLength) {
            MessageDigest sha1 = digest("SHA-1");
            sha1.update(content, at, Math.min(pieceLength, content.length - at));
            pieces.writeBytes(sha1.digest());
        }
        info.put("pieces", new BString(Bytes.wrap(pieces.toByteArray())));
        byte[] torrent =
                BencodeWriter.encodeToArray(Map.of("announce", BString.of(announce), "info", BDictionary.of(info)));
        return new Payload(name, content, files, torrent);
    }

    Metainfo metainfo() {
        try {
            return Metainfo.parse(torrent);
        } catch (MetainfoException e) {
            throw new AssertionError(e);
        }
    }

    TorrentSource in(Path folder) {
        return TorrentSource.of(metainfo(), folder);
    }

    /** Writes the files, as a seeder has them. */
    Path writeTo(Path folder) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = file.getKey().isEmpty()
                    ? folder.resolve(name)
                    : folder.resolve(name).resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        return folder;
    }

    /** Whether the files in the folder are the payload's, by hash. */
    boolean isIn(Path folder) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = file.getKey().isEmpty()
                    ? folder.resolve(name)
                    : folder.resolve(name).resolve(file.getKey());
            if (!Files.exists(path)
                    || !MessageDigest.isEqual(
                            digest("SHA-256").digest(Files.readAllBytes(path)),
                            digest("SHA-256").digest(file.getValue()))) {
                return false;
            }
        }
        return true;
    }

    static byte[] random(String seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed.hashCode()).nextBytes(bytes);
        return bytes;
    }

    private static MessageDigest digest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
