package io.pbts.support.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.http.client.ClientHttpRequestInterceptor;

/**
 * A service token as a test wants it; made anew, with the time of its clock, whenever its text is asked for. Made apart from
 * the code that services make theirs with, so that the two check each other.
 */
public final class TestToken {
    public static final String HEADER = "X-PBTS-Service-Token";
    private static final AtomicLong IDS = new AtomicLong();
    private static final long LIFE = 60;

    private final ECKey key;
    private final Map<String, Object> claims;
    private final Clock clock;

    private TestToken(ECKey key, Map<String, Object> claims, Clock clock) {
        this.key = key;
        this.claims = claims;
        this.clock = clock;
    }

    static TestToken of(ECKey key, String from, String to) {
        return new TestToken(key, Map.of("iss", from, "aud", to), Clock.systemUTC());
    }

    /** Somebody at this address who sent no bearer credential. */
    public TestToken asAnonymous(String address) {
        return with("caller", Map.of("kind", "anonymous", "address", address));
    }

    /** A signed-in account at 192.0.2.1. */
    public TestToken asAccount(long accountId, String userId) {
        return with("caller", account(accountId, userId, "session", "s1", List.of()));
    }

    /** An account's API key at 192.0.2.1 with scopes by their wire names. */
    public TestToken asApiKey(long accountId, String userId, String... scopes) {
        return with("caller", account(accountId, userId, "api-key", "test key", Arrays.asList(scopes)));
    }

    /** The operator, by the admin port. */
    public TestToken asAdmin() {
        return with("caller", Map.of("kind", "admin", "address", "127.0.0.1"));
    }

    /** For services whose clock a test has stopped. */
    public TestToken at(Clock other) {
        return new TestToken(key, claims, other);
    }

    /** The same with one more claim, or another value of one. */
    public TestToken with(String claim, Object value) {
        var more = new LinkedHashMap<>(claims);
        more.put(claim, value);
        return new TestToken(key, more, clock);
    }

    /** The same, signed by another key under its own name. */
    public TestToken signedBy(ECKey other) {
        return new TestToken(other, claims, clock);
    }

    /** The value of {@value #HEADER}. */
    public String text() {
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("pbts-service+jwt"))
                .keyID(key.getKeyID())
                .build();
        try {
            var token = new JWSObject(header, new Payload(payload()));
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Adds a fresh token to every request of a {@code RestClient} or {@code RestTemplate}. */
    public ClientHttpRequestInterceptor interceptor() {
        return (request, body, execution) -> {
            request.getHeaders().set(HEADER, text());
            return execution.execute(request, body);
        };
    }

    /** Adds a fresh token to a request of the JDK's client. */
    public HttpRequest.Builder on(HttpRequest.Builder request) {
        return request.setHeader(HEADER, text());
    }

    Map<String, Object> payload() {
        long now = clock.instant().getEpochSecond();
        var complete = new LinkedHashMap<String, Object>();
        complete.put("iat", now);
        complete.put("exp", now + LIFE);
        complete.put("jti", "test-" + IDS.incrementAndGet());
        complete.putAll(claims);
        return complete;
    }

    private static Map<String, Object> account(
            long accountId, String userId, String credential, String credentialId, List<String> scopes) {
        return Map.of(
                "kind", "account",
                "address", "192.0.2.1",
                "account_id", Long.toString(accountId),
                "user_id", userId,
                "scopes", scopes,
                "credential", credential,
                "credential_id", credentialId);
    }
}
