package io.pbts.support.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.nimbusds.jwt.SignedJWT;
import io.pbts.support.access.ServiceTokenVerifier.Answer;
import io.pbts.support.secret.MountedSecrets;
import io.pbts.support.testing.TestKeys;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceTokensTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final TokenProperties SMALL = new TokenProperties(16, 16);

    private Instant now = NOON;
    private final Clock clock = new TestClock();
    private final MountedSecrets secrets = new MountedSecrets(TestKeys.secretsFor("gateway"), true);
    private final MountedSecrets theirSecrets = new MountedSecrets(TestKeys.secretsFor("receipt"), true);
    private final ServiceTokens tokens =
            new ServiceTokens(new ServiceKeys("gateway", secrets), clock, new SecureRandom(), SMALL);
    private final ServiceTokenVerifier receipt =
            new ServiceTokenVerifier(new ServiceKeys("receipt", theirSecrets), clock, SMALL);

    @AfterEach
    void close() {
        secrets.close();
        theirSecrets.close();
    }

    @Test
    void whatOneServiceMakesTheOtherAccepts() throws Exception {
        var account = new Caller.Account(
                InetAddress.ofLiteral("2001:db8::7"),
                17,
                "alice",
                Set.of(Scope.REPORT),
                Caller.Credential.API_KEY,
                "ci");
        assertThat(receipt.verify(tokens.forCaller("receipt", account))).isEqualTo(new Answer.Accepted(account));
        assertThat(receipt.verify(tokens.forService("receipt")))
                .isEqualTo(new Answer.Accepted(new Caller.Sibling("gateway")));
    }

    @Test
    void livesSixtySecondsForOneAudienceUnderANameOfItsOwn() throws Exception {
        var token = SignedJWT.parse(tokens.forService("receipt"));
        var claims = token.getJWTClaimsSet();
        assertThat(token.getHeader().toJSONObject()).containsOnlyKeys("alg", "typ", "kid");
        assertThat(claims.getAudience()).containsExactly("receipt");
        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofSeconds(60));
        assertThat(claims.getJWTID()).hasSize(16);
    }

    @Test
    void isUsedAgainWhileTwentySecondsRemain() {
        String first = tokens.forService("receipt");
        now = NOON.plusSeconds(40);
        assertThat(tokens.forService("receipt")).isEqualTo(first);
        now = NOON.plusSeconds(41);
        assertThat(tokens.forService("receipt")).isNotEqualTo(first);
    }

    @Test
    void isNeverSharedByTwoCallersOrTwoTargets() throws Exception {
        var one = new Caller.Anonymous(InetAddress.ofLiteral("192.0.2.1"));
        var other = new Caller.Anonymous(InetAddress.ofLiteral("192.0.2.2"));
        assertThat(Set.of(
                        tokens.forCaller("receipt", one),
                        tokens.forCaller("receipt", other),
                        tokens.forCaller("announce", one),
                        tokens.forService("receipt")))
                .hasSize(4);
    }

    @Test
    void aVerifiedTokenIsNotAcceptedAfterItsEnd() {
        String token = tokens.forService("receipt");
        assertThat(receipt.verify(token)).isInstanceOf(Answer.Accepted.class);
        now = NOON.plusSeconds(64);
        assertThat(receipt.verify(token)).isInstanceOf(Answer.Accepted.class);
        now = NOON.plusSeconds(66);
        assertThat(receipt.verify(token))
                .isInstanceOfSatisfying(Answer.Refused.class, refused -> assertThat(refused.code())
                        .isEqualTo("token-expired"));
    }

    @Test
    void aTokenSeenBeforeIsKnownByItsText() {
        String token = tokens.forService("receipt");
        Answer first = receipt.verify(token);
        assertThat(receipt.verify(token.substring(0, 9) + token.substring(9))).isSameAs(first);
    }

    @Test
    void onlyTheGatewayVouches() throws Exception {
        var announce = new ServiceTokens(new ServiceKeys("receipt", theirSecrets), clock, new SecureRandom(), SMALL);
        var caller = new Caller.Admin(InetAddress.ofLiteral("127.0.0.1"));
        assertThatIllegalStateException().isThrownBy(() -> announce.forCaller("contract", caller));
    }

    @Test
    void aTargetThatIsNoServiceIsAFaultOfOurs() {
        assertThatIllegalArgumentException().isThrownBy(() -> tokens.forService("https://example.org"));
    }

    private final class TestClock extends Clock {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
