package io.pbts.reputation.signin;

import io.pbts.protocol.signin.WalletAct;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PeerId;
import io.pbts.support.Refusal;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Acts of wallets as strangers write them. */
public final class Acts {
    private Acts() {}

    /** The act of this name; empty when it is none. Refused with 400 when its fields are missing or malformed. */
    public static Optional<WalletAct> read(
            String name, @Nullable String infoHash, @Nullable String event, @Nullable String peerId) {
        return switch (name) {
            case "announce" -> Optional.of(new WalletAct.Announce(infoHash(infoHash), event(event)));
            case "bind-peer" -> Optional.of(new WalletAct.BindPeer(peerId(peerId)));
            default -> Optional.empty();
        };
    }

    private static InfoHash infoHash(@Nullable String digits) {
        return read("info_hash", digits, InfoHash::fromHex, "expected 40 or 64 hexadecimal digits");
    }

    private static PeerId peerId(@Nullable String digits) {
        return read("peer_id", digits, PeerId::fromHex, "expected 40 hexadecimal digits");
    }

    private static WalletAct.Event event(@Nullable String word) {
        return WalletAct.Event.ofWireName(Spelling.present("event", word))
                .orElseThrow(() -> new Refusal(400, "invalid-event", "Invalid event: started, stopped or completed"));
    }

    private static <T> T read(String field, @Nullable String digits, Function<String, T> reader, String expected) {
        try {
            return reader.apply(Spelling.present(field, digits));
        } catch (IllegalArgumentException malformed) {
            String code = "invalid-" + field.replace('_', '-');
            throw new Refusal(400, code, "Invalid %s: %s".formatted(field, expected), malformed);
        }
    }
}
