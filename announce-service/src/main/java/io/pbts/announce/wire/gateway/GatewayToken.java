package io.pbts.announce.wire.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.pbts.support.access.Caller;
import io.pbts.support.access.ServiceTokenVerifier;
import io.pbts.support.access.ServiceTokenVerifier.Answer;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whether the requests of one connection come from the gateway. It shows the same token again and again, so the one that was
 * good last is known by its bytes, for a second: longer than that nothing here outlives a key or a token.
 */
public final class GatewayToken {
    private static final String GATEWAY = "gateway";
    private static final long KNOWN_FOR = Duration.ofSeconds(1).toNanos();

    private final ServiceTokenVerifier verifier;
    private byte @Nullable [] known;
    private long knownSince;

    public GatewayToken(ServiceTokenVerifier verifier) {
        this.verifier = verifier;
    }

    /** Null when the token between these two bytes is the gateway's, else the code of the refusal. Empty is no token. */
    public @Nullable String refusal(byte[] bytes, int from, int to, long nanoTime) {
        byte[] last = known;
        if (last != null && nanoTime - knownSince < KNOWN_FOR && Arrays.equals(last, 0, last.length, bytes, from, to)) {
            return null;
        }
        String refusal =
                switch (verifier.verify(new String(bytes, from, to - from, ISO_8859_1))) {
                    case Answer.Accepted(Caller caller) -> isGateway(caller) ? null : "token-issuer";
                    case Answer.Refused(String code, String _) -> code;
                };
        known = refusal == null ? Arrays.copyOfRange(bytes, from, to) : null;
        knownSince = nanoTime;
        return refusal;
    }

    /** Only the gateway speaks for somebody else; the verifier sees to that. */
    private static boolean isGateway(Caller caller) {
        return !(caller instanceof Caller.Sibling(String service)) || service.equals(GATEWAY);
    }
}
