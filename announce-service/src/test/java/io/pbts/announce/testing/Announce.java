package io.pbts.announce.testing;

import io.pbts.protocol.account.Passkey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.tuweni.bytes.Bytes;

/** The target of an announce, with what every client sends; a test changes what it is about. */
public final class Announce {
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private String path = "/announce";

    private Announce() {}

    public static Announce of(Bytes infoHash, int port) {
        var announce = new Announce();
        return announce.with("info_hash", escaped(infoHash))
                .with("peer_id", "-PB0100-%012d".formatted(port))
                .with("port", String.valueOf(port))
                .with("uploaded", "0")
                .with("downloaded", "0")
                .with("left", "1000")
                .with("compact", "1");
    }

    public Announce with(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    public Announce without(String name) {
        parameters.remove(name);
        return this;
    }

    public Announce by(Passkey passkey) {
        path = "/" + passkey.value() + "/announce";
        return this;
    }

    public Announce at(String otherPath) {
        path = otherPath;
        return this;
    }

    public Announce seeding() {
        return with("left", "0");
    }

    public Announce event(String event) {
        return with("event", event);
    }

    public String target() {
        String separator = path.contains("?") ? "&" : "?";
        return path
                + separator
                + parameters.entrySet().stream()
                        .map(pair -> pair.getKey() + "=" + pair.getValue())
                        .collect(Collectors.joining("&"));
    }

    /** Every byte as %xx. */
    public static String escaped(Bytes bytes) {
        return bytes.toUnprefixedHexString().replaceAll("..", "%$0");
    }
}
