package io.pbts.reputation.wallet;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The variant's routes as an agent's model is told of them: what each is for, and what it takes. */
final class AgentTools {
    private static final String ADDRESS = "wallet address, 0x and 40 hexadecimal digits";
    private static final String INFO_HASH = "40 or 64 hexadecimal digits";
    private static final String EVENT = "started | stopped | completed";
    private static final String PEER_ID = "40 hexadecimal digits";
    private static final String SIGNATURE = "personal_sign (EIP-191) of message, 0x and 130 hexadecimal digits";
    private static final String PAGE = "cursor of the page before, empty for the first";
    private static final String LIMIT = "1 to 100";

    private AgentTools() {}

    /**
     * One route.
     *
     * @param body its JSON fields, by what goes into them
     * @param params what goes into its path and its query
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AgentTool(
            String name,
            String method,
            String path,
            String description,
            @Nullable Map<String, String> body,
            @Nullable Map<String, String> params) {}

    /** @param minRatio the least ratio with which one may download, as it is printed */
    static List<AgentTool> of(String minRatio) {
        return List.of(
                challenge(),
                signed(
                        "register",
                        "/register",
                        "Open an account for a wallet. Answers its passkey, this once",
                        Map.of()),
                signed(
                        "announce",
                        "/announce",
                        "Enter or leave a swarm and learn of the other wallets in it. Needs a ratio of at least %s to download; a"
                                        .formatted(minRatio)
                                + " lower one is answered 403 with the bytes to seed",
                        Map.of("infohash", INFO_HASH, "event", EVENT)),
                signed(
                        "bind-peer",
                        "/bind-peer",
                        "Say that a BitTorrent client is yours, before it announces",
                        Map.of("peerId", PEER_ID)),
                get("resolve-peer", "/resolve-peer", "The wallet of a peer id", Map.of("peerId", PEER_ID)),
                report(),
                get(
                        "reputation",
                        "/reputation/{address}",
                        "What a wallet gave and took, and its ratio",
                        Map.of("address", ADDRESS)),
                get(
                        "users",
                        "/users",
                        "Registered wallets, for members (X-PBTS-Passkey, session or API key)",
                        Map.of("after", PAGE, "limit", LIMIT)),
                get(
                        "torrents",
                        "/torrents",
                        "Registered torrents and the wallets in their swarms, for members (X-PBTS-Passkey, session or API key)",
                        Map.of("after", PAGE, "limit", LIMIT)));
    }

    private static AgentTool challenge() {
        return new AgentTool(
                "challenge",
                "POST",
                "/api/v1/challenges",
                "Ask what to sign. The message of the answer counts once, for five minutes, and goes into the field message",
                Map.of(
                        "purpose",
                        "register | announce | bind-peer",
                        "kind",
                        "wallet",
                        "address",
                        ADDRESS,
                        "info_hash",
                        "to announce: " + INFO_HASH,
                        "event",
                        "to announce: " + EVENT,
                        "peer_id",
                        "to bind: " + PEER_ID),
                null);
    }

    private static AgentTool report() {
        return new AgentTool(
                "report",
                "POST",
                "/report",
                "Post a receipt that the receiver of a piece signed: the sender is credited, the receiver debited, once. For members"
                        + " (X-PBTS-Passkey, session or API key)",
                Map.of(
                        "version", "2",
                        "infohash", INFO_HASH,
                        "sender", ADDRESS,
                        "receiver", ADDRESS,
                        "pieceHash", "the torrent's hash of the piece, hexadecimal",
                        "pieceIndex", "integer from 0",
                        "pieceSize", "bytes of the piece",
                        "timestamp", "seconds since 1970",
                        "signature", "personal_sign of the receipt v2's keccak256 by the receiver"),
                null);
    }

    private static AgentTool signed(String name, String path, String description, Map<String, String> fields) {
        Map<String, String> body = new TreeMap<>(fields);
        body.put("userAddress", ADDRESS);
        body.put("message", "of a challenge with purpose " + name);
        body.put("signature", SIGNATURE);
        return new AgentTool(name, "POST", path, description, body, null);
    }

    private static AgentTool get(String name, String path, String description, Map<String, String> params) {
        return new AgentTool(name, "GET", path, description, null, params);
    }
}
