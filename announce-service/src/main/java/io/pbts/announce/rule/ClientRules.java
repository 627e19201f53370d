package io.pbts.announce.rule;

import java.util.BitSet;
import java.util.List;

/**
 * Whether a client is welcome, by what it says of itself. A peer id proves nothing: the lists keep out clients that are broken
 * or that cheat without disguise, not one that lies.
 */
public final class ClientRules {
    /** Everybody is welcome. */
    public static final ClientRules NONE = new ClientRules(new RuleProperties(List.of(), List.of(), List.of()));

    private final byte[][] allowed;
    private final byte[][] denied;
    private final BitSet ports = new BitSet();

    ClientRules(RuleProperties properties) {
        allowed = bytes(properties.clientsAllowed());
        denied = bytes(properties.clientsDenied());
        properties.portsDenied().forEach(range -> ports.set(range.first(), range.last() + 1));
    }

    private static byte[][] bytes(List<PeerIdPrefix> prefixes) {
        return prefixes.stream().map(PeerIdPrefix::bytes).toArray(byte[][]::new);
    }

    /** Takes a peer id of 20 bytes. Allocates nothing. */
    public boolean admitsClient(byte[] peerId) {
        return (allowed.length == 0 || isAmong(allowed, peerId)) && !isAmong(denied, peerId);
    }

    public boolean admitsPort(int port) {
        return !ports.get(port);
    }

    private static boolean isAmong(byte[][] prefixes, byte[] peerId) {
        for (byte[] prefix : prefixes) {
            if (PeerIdPrefix.begins(peerId, prefix)) {
                return true;
            }
        }
        return false;
    }
}
