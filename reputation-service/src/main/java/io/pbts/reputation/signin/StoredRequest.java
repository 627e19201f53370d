package io.pbts.reputation.signin;

import io.pbts.protocol.signin.SignedRequest;
import io.pbts.protocol.signin.SigningPurpose;
import io.pbts.protocol.signin.WalletAct;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PeerId;
import java.util.Arrays;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What a challenge asks for, as its row has it: a number, and for a wallet's act its subject. That of an announce is its
 * event in one byte before the info hash, that of a binding the peer id.
 */
final class StoredRequest {
    private static final int ANNOUNCE = 4;
    private static final int BIND_PEER = 5;

    private StoredRequest() {}

    static int numberOf(SignedRequest request) {
        return switch (request) {
            case SigningPurpose purpose -> purpose.number();
            case WalletAct.Announce _ -> ANNOUNCE;
            case WalletAct.BindPeer _ -> BIND_PEER;
        };
    }

    static byte @Nullable [] subjectOf(SignedRequest request) {
        return switch (request) {
            case SigningPurpose _ -> null;
            case WalletAct.Announce(var infoHash, var event) ->
                Bytes.concatenate(Bytes.of(event.number()), infoHash.bytes()).toArray();
            case WalletAct.BindPeer(var peerId) -> peerId.bytes().toArray();
        };
    }

    static SignedRequest read(int number, byte @Nullable [] subject) {
        if (subject == null) {
            return Arrays.stream(SigningPurpose.values())
                    .filter(known -> known.number() == number)
                    .findFirst()
                    .orElseThrow();
        }
        Bytes bytes = Bytes.wrap(subject);
        return number == ANNOUNCE
                ? new WalletAct.Announce(
                        new InfoHash(bytes.slice(1)),
                        WalletAct.Event.ofNumber(bytes.get(0)).orElseThrow())
                : new WalletAct.BindPeer(new PeerId(bytes));
    }
}
