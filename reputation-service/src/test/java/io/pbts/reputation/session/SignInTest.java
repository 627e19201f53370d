package io.pbts.reputation.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.reputation.RunningService;
import io.pbts.reputation.ServiceClient.Reply;
import io.pbts.reputation.Signer;
import io.pbts.reputation.TestSession;
import io.pbts.reputation.TestUser;
import io.pbts.support.access.SignedTokens;
import io.pbts.support.access.SignedTokens.Expected;
import io.pbts.support.access.SignedTokens.Verdict;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A key that an account has opens a session, without a browser and without a chain. */
class SignInTest extends RunningService {
    @Autowired
    private SignedTokens tokens;

    static List<Signer> signers() {
        return List.of(Signer.freshWallet(), Signer.freshBls());
    }

    private static String name(Signer signer) {
        return "in-" + signer.key().bytes().slice(16).toUnprefixedHexString().substring(0, 8) + "-"
                + Signer.SIGNERS.incrementAndGet();
    }

    @ParameterizedTest
    @MethodSource("signers")
    void aSignedChallengeOpensASessionOfTheKeysAccount(Signer signer) {
        String name = name(signer);
        long account = signer.enrol(DATABASE, name);
        Reply reply = signer.signIn(client());

        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(201);
        assertThat(reply.body().propertyNames())
                .containsExactly(
                        "access_token", "token_type", "expires_in", "refresh_token", "refresh_expires_in", "user_id");
        assertThat(reply.text("token_type")).isEqualTo("Bearer");
        assertThat(reply.body().path("expires_in").asLong()).isEqualTo(900);
        assertThat(reply.body().path("refresh_expires_in").asLong()).isEqualTo(2_592_000);
        assertThat(reply.text("user_id")).isEqualTo(name);
        assertThat(reply.text("refresh_token")).matches("[A-Za-z0-9_-]{43}");
        assertThat(reply.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(TestSession.of(reply).accountId()).isEqualTo(account);
    }

    @Test
    void theAccessTokenIsWhatTheGatewayTakes() {
        Signer signer = Signer.freshBls();
        long account = signer.enrol(DATABASE, "token-bearer");
        String token = signer.signIn(client()).text("access_token");
        String audience = "pbts:" + get("/internal/v1/instance").text("instance_id");

        Verdict verdict =
                tokens.verify(token, new Expected("at+jwt", Set.of("reputation"), audience, Duration.ofMinutes(15)));
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Good.class, good -> {
            assertThat(good.issuer()).isEqualTo("reputation");
            assertThat(good.claims().getSubject()).isEqualTo(Long.toString(account));
            assertThat(good.claims().getClaim("user_id")).isEqualTo("token-bearer");
            assertThat(good.claims().getClaim("scope")).isEqualTo("all");
            assertThat(String.valueOf(good.claims().getClaim("sid"))).matches("[0-9a-f]{32}");
        });
    }

    @ParameterizedTest
    @MethodSource("signers")
    void oneNonceIsOneSessionAlsoForSixteenThreads(Signer signer) throws Exception {
        signer.enrol(DATABASE, name(signer));
        String answer = TestUser.json(signer.answer(signer.challenge(client(), "sign-in")));
        Callable<Reply> open = () -> post("/api/v1/sessions", answer);

        try (var threads = Executors.newFixedThreadPool(16)) {
            var replies = threads.invokeAll(Collections.nCopies(16, open)).stream()
                    .map(future -> future.resultNow())
                    .toList();
            assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(1);
            assertThat(replies)
                    .filteredOn(
                            reply -> reply.status() == 401 && reply.text("code").equals("challenge-unknown"))
                    .hasSize(15);
        }
    }

    @Test
    void theThirtyThirdSessionEndsTheOldest() {
        Signer signer = Signer.freshWallet();
        long account = signer.enrol(DATABASE, "collector");
        var first = TestSession.of(signer.signIn(client()));
        var second = TestSession.of(signer.signIn(client()));
        IntStream.range(2, 33).forEach(_ -> TestSession.of(signer.signIn(client())));

        assertThat(count("select count(*) from reputation.session where account_id = " + account))
                .isEqualTo(32);
        assertThat(post("/api/v1/sessions/refresh", TestUser.json(first.refreshForm()))
                        .status())
                .isEqualTo(401);
        assertThat(post("/api/v1/sessions/refresh", TestUser.json(second.refreshForm()))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void nothingOfASessionIsStoredThatOpensIt() {
        Signer signer = Signer.freshBls();
        signer.enrol(DATABASE, "secretive");
        var session = TestSession.of(signer.signIn(client()));

        for (String table : List.of("session", "refresh_token", "challenge")) {
            assertThat(count("""
                    select count(*) from reputation.%1$s r
                    where r::text like '%%%2$s%%' or r::text like '%%' || encode('%2$s', 'hex') || '%%'
                    """.formatted(table, session.refreshToken()))).isZero();
        }
        assertThat(count("select count(*) from reputation.refresh_token where token_hash = sha256('%s')"
                        .formatted(session.refreshToken())))
                .isEqualTo(1);
    }
}
