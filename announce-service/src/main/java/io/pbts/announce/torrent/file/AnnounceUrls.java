package io.pbts.announce.torrent.file;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where clients announce: by the gateway, then directly over HTTP, then over UDP, whose path they send by BEP 41.
 *
 * @param gateway base of the URLs by the gateway, which every client reaches
 * @param tracker host and port of the direct listener, when clients can reach it
 * @param udp whether it takes datagrams
 */
public record AnnounceUrls(URI gateway, Optional<String> tracker, boolean udp) {
    private static final Pattern SLASHES = Pattern.compile("/+$");

    /** All of them, the one for everybody first. With a passkey they are somebody's own and secret. */
    public List<String> of(@Nullable String passkey) {
        List<String> urls = new ArrayList<>();
        urls.add(first(passkey));
        tracker.ifPresent(direct -> {
            urls.add("http://" + direct + path(passkey));
            if (udp) {
                urls.add("udp://" + direct + path(passkey));
            }
        });
        return List.copyOf(urls);
    }

    /** As {@link #of}, with that for WebTorrent clients at the end; other clients show an error beside it. */
    public List<String> withWebSocket(@Nullable String passkey) {
        List<String> urls = new ArrayList<>(of(passkey));
        tracker.ifPresent(direct -> urls.add("ws://" + direct + path(passkey)));
        return List.copyOf(urls);
    }

    /** The one by the gateway. */
    public String first(@Nullable String passkey) {
        return SLASHES.matcher(gateway.toString()).replaceFirst("") + path(passkey);
    }

    private static String path(@Nullable String passkey) {
        return passkey == null ? "/announce" : "/" + passkey + "/announce";
    }
}
