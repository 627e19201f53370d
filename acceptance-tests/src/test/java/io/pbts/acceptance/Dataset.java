package io.pbts.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A private torrent over random bytes, made by software that is not PBTS. */
record Dataset(
        Path file, Path torrent, String infoHash, String sha256, List<String> pieces, long length, int pieceLength) {

    static Dataset create(Path folder, String name, long length, int pieceLength, String announce) {
        Path file = folder.resolve(name);
        Path torrent = folder.resolve(name + ".torrent");
        JsonNode made = IndependentClient.get()
                .ask(
                        "torrent",
                        Map.of(
                                "file", file.toString(),
                                "size", length,
                                "piece_length", pieceLength,
                                "announce", announce,
                                "out", torrent.toString()));
        List<String> pieces = new ArrayList<>();
        made.path("pieces").forEach(piece -> pieces.add(piece.asString()));
        return new Dataset(
                file,
                torrent,
                made.path("info_hash").asString(),
                made.path("sha256").asString(),
                pieces,
                length,
                pieceLength);
    }

    /** The .torrent with another announce URL. */
    Path announcedAt(String announce, Path out) {
        IndependentClient.get()
                .ask("retarget", Map.of("torrent", torrent.toString(), "announce", announce, "out", out.toString()));
        return out;
    }

    /** Registers it anew, on the tracker of its new owner. */
    Dataset registeredBy(Member owner) {
        registerAs(owner).expect(201);
        return this;
    }

    /** Uploads the .torrent; answers the HTTP answer. */
    Http.Answer registerAs(Member owner) {
        return registerAt(owner.gateway(), Map.of("X-PBTS-Passkey", owner.passkey()));
    }

    Http.Answer registerAt(Http gateway, Map<String, String> headers) {
        try {
            var all = new java.util.HashMap<>(headers);
            all.put("Content-Type", "application/x-bittorrent");
            return gateway.post("/api/v1/torrents", all, Files.readAllBytes(torrent));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Receipts for pieces [from, to), signed by the receiver with an independent implementation. */
    List<Map<String, Object>> receipts(Http gateway, Member sender, Member receiver, int from, int to, long timestamp) {
        String domain = gateway.get("/api/v1/instance")
                .expect(200)
                .json()
                .path("domain")
                .asString();
        JsonNode signed = IndependentClient.get()
                .ask(
                        "receipts",
                        Map.of(
                                "secret", receiver.secret(),
                                "sender_pk", sender.publicKey(),
                                "domain", domain.startsWith("0x") ? domain.substring(2) : domain,
                                "infohash", infoHash,
                                "pieces", pieces.subList(from, to),
                                "first", from,
                                "piece_length", pieceLength,
                                "total_length", length,
                                "timestamp", timestamp));
        List<Map<String, Object>> receipts = new ArrayList<>();
        for (JsonNode receipt : signed.path("receipts")) {
            receipts.add(Stack.JSON.convertValue(receipt, new tools.jackson.core.type.TypeReference<>() {}));
        }
        return receipts;
    }
}
