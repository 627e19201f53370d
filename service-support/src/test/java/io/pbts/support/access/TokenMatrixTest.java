package io.pbts.support.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.support.access.ServiceTokenVerifier.Answer;
import io.pbts.support.secret.MountedSecrets;
import io.pbts.support.testing.SpoiledToken;
import io.pbts.support.testing.TestKeys;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TokenMatrixTest {
    private static final MountedSecrets SECRETS = new MountedSecrets(TestKeys.secretsFor("receipt"), true);
    private final ServiceTokenVerifier verifier = new ServiceTokenVerifier(
            new ServiceKeys("receipt", SECRETS), Clock.systemUTC(), new TokenProperties(16, 16));

    @AfterAll
    static void close() {
        SECRETS.close();
    }

    static List<SpoiledToken> spoiled() {
        return SpoiledToken.matrix("receipt");
    }

    @ParameterizedTest
    @MethodSource("spoiled")
    void everySpoiledTokenIsRefusedWithItsCode(SpoiledToken token) {
        assertThat(verifier.verify(token.text()))
                .isInstanceOfSatisfying(Answer.Refused.class, refused -> assertThat(refused.code())
                        .isEqualTo(token.code()));
    }

    @ParameterizedTest
    @MethodSource("spoiled")
    void aRefusedTokenIsRefusedAgain(SpoiledToken token) {
        assertThat(verifier.verify(token.text())).isEqualTo(verifier.verify(token.text()));
    }

    @Test
    void noTokenIsMissing() {
        assertThat(verifier.verify(null))
                .isInstanceOfSatisfying(Answer.Refused.class, refused -> assertThat(refused.code())
                        .isEqualTo("token-missing"));
        assertThat(verifier.verify("")).isEqualTo(verifier.verify(null));
    }

    @Test
    void aSiblingSpeaksForItself() {
        assertThat(verifier.verify(TestKeys.token("announce", "receipt").text()))
                .isEqualTo(new Answer.Accepted(new Caller.Sibling("announce")));
    }

    @Test
    void theGatewayVouchesForEachKindOfCaller() throws Exception {
        InetAddress there = InetAddress.ofLiteral("192.0.2.1");
        var gateway = TestKeys.token("gateway", "receipt");
        assertThat(verifier.verify(gateway.asAnonymous("2001:db8::1").text()))
                .isEqualTo(new Answer.Accepted(new Caller.Anonymous(InetAddress.ofLiteral("2001:db8::1"))));
        assertThat(verifier.verify(gateway.asAccount(17, "alice").text()))
                .isEqualTo(new Answer.Accepted(
                        new Caller.Account(there, 17, "alice", Set.of(), Caller.Credential.SESSION, "s1")));
        assertThat(verifier.verify(
                        gateway.asApiKey(17, "alice", "report", "account:read").text()))
                .isEqualTo(new Answer.Accepted(new Caller.Account(
                        there,
                        17,
                        "alice",
                        Set.of(Scope.REPORT, Scope.ACCOUNT_READ),
                        Caller.Credential.API_KEY,
                        "test key")));
        assertThat(verifier.verify(gateway.asAdmin().text()))
                .isEqualTo(new Answer.Accepted(new Caller.Admin(InetAddress.ofLiteral("127.0.0.1"))));
    }

    @Test
    void anAccountWithAScopeThatNobodyKnowsIsRefused() {
        var token = TestKeys.token("gateway", "receipt").asApiKey(17, "alice", "everything");
        assertThat(verifier.verify(token.text()))
                .isInstanceOfSatisfying(Answer.Refused.class, refused -> assertThat(refused.code())
                        .isEqualTo("token-malformed"));
    }
}
