package io.pbts.engine.tracker;

import io.pbts.engine.tracker.HttpGet.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.apache.tuweni.bytes.Bytes;

/** Trackers by HTTP and HTTPS (BEP 3, compact as in BEP 23 and BEP 7). */
final class HttpTracker implements AddressedTracker {

    private static final int MAX_REDIRECTS = 5;
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private final SSLSocketFactory tls;

    /** Trusts whom the factory trusts. */
    HttpTracker(SSLSocketFactory tls) {
        this.tls = tls;
    }

    @Override
    public AnnounceAnswer announce(URI tracker, InetAddress address, AnnounceRequest request, Duration patience)
            throws TrackerFailure, InterruptedException {
        Reply reply;
        try {
            reply = follow(URI.create(target(tracker, request)), address, System.nanoTime() + patience.toNanos());
        } catch (IOException | IllegalArgumentException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw new TrackerFailure("cannot reach the tracker: "
                    + Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName()));
        }
        if (reply.status() != 200) {
            throw refused(reply);
        }
        return AnnounceAnswer.decode(reply.body().toArrayUnsafe());
    }

    /** Goes where it is sent, in the same family and never from TLS to none. */
    private Reply follow(URI first, InetAddress address, long until) throws IOException {
        URI at = first;
        InetAddress of = address;
        for (int i = 0; i <= MAX_REDIRECTS; i++) {
            Reply reply = new HttpGet(tls, at, until).from(of);
            if (reply.status() / 100 != 3 || reply.location().isEmpty()) {
                return reply;
            }
            URI next = at.resolve(reply.location().get());
            boolean known = "https".equalsIgnoreCase(next.getScheme())
                    || ("http".equalsIgnoreCase(next.getScheme()) && "http".equalsIgnoreCase(at.getScheme()));
            if (!known || next.getHost() == null) {
                throw new IOException("the tracker redirects to where nobody follows");
            }
            of = Family.of(address).addressOf(next.getHost());
            at = next;
        }
        throw new IOException("the tracker redirects in circles");
    }

    /** Some trackers say why in the body of an error. */
    private static TrackerFailure refused(Reply reply) {
        try {
            AnnounceAnswer.decode(reply.body().toArrayUnsafe());
        } catch (TrackerFailure failure) {
            if (reply.body().size() > 0 && reply.body().get(0) == 'd') {
                return failure;
            }
        }
        return new TrackerFailure("the tracker answered HTTP " + reply.status());
    }

    /** Escapes are written out because the hash is no text in any encoding. */
    static String target(URI tracker, AnnounceRequest request) {
        String base = tracker.toString();
        int fragment = base.indexOf('#');
        if (fragment >= 0) {
            base = base.substring(0, fragment);
        }
        StringBuilder url = new StringBuilder(base);
        url.append(tracker.getRawQuery() == null ? '?' : '&');
        url.append("info_hash=").append(escaped(request.infoHash()));
        url.append("&peer_id=").append(escaped(request.self().bytes()));
        url.append("&port=").append(request.port());
        url.append("&uploaded=").append(request.uploaded());
        url.append("&downloaded=").append(request.downloaded());
        url.append("&left=").append(request.left());
        url.append("&compact=1&numwant=").append(request.wanted());
        url.append("&key=").append(Integer.toHexString(request.key()));
        if (request.event() != AnnounceRequest.Event.NONE) {
            url.append("&event=").append(request.event().word());
        }
        return url.toString();
    }

    private static String escaped(Bytes bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes.size(); i++) {
            int value = bytes.get(i) & 0xFF;
            if (UNRESERVED.indexOf(value) >= 0) {
                text.append((char) value);
            } else {
                text.append('%').append("%02X".formatted(value));
            }
        }
        return text.toString();
    }
}
