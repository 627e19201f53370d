package io.pbts.announce.swarm.valkey;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pbts.announce.swarm.SwarmKey;
import java.util.HexFormat;

/**
 * Names of what is kept of one swarm. All but those of {@link #SWARMS} and {@link #PEERS} have the info hash in braces, the hash tag
 * of a cluster.
 */
record SwarmKeys(String name) {
    /** Swarms by the second in which somebody must look after them. */
    static final byte[] SWARMS = "pbts:swarms".getBytes(US_ASCII);

    /** The number of all peers. */
    static final byte[] PEERS = "pbts:peers".getBytes(US_ASCII);

    static SwarmKeys of(SwarmKey swarm) {
        return new SwarmKeys(HexFormat.of().formatHex(swarm.bytes()));
    }

    byte[] bytes() {
        return name.getBytes(US_ASCII);
    }

    byte[] ipv4() {
        return key("4");
    }

    byte[] ipv4Leechers() {
        return key("4l");
    }

    byte[] ipv6() {
        return key("6");
    }

    byte[] ipv6Leechers() {
        return key("6l");
    }

    byte[] ids() {
        return key("id");
    }

    byte[] ofAccount(long account) {
        return key("a:" + account);
    }

    private byte[] key(String part) {
        return ("pbts:{" + name + "}:" + part).getBytes(US_ASCII);
    }
}
