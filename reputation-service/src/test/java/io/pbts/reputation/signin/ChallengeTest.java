package io.pbts.reputation.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.hash.Hex;
import io.pbts.protocol.receipt.InstanceId;
import io.pbts.protocol.signin.LoginMessage;
import io.pbts.protocol.signin.SigningPurpose;
import io.pbts.protocol.signin.SiweMessage;
import io.pbts.reputation.RunningService;
import io.pbts.reputation.ServiceClient;
import io.pbts.reputation.ServiceClient.Reply;
import io.pbts.reputation.Signer;
import io.pbts.reputation.TestUser;
import io.pbts.reputation.standing.AccountId;
import io.pbts.support.Refusal;
import io.pbts.support.testing.TestKeys;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What one is asked to sign, and how many such questions wait at once. */
class ChallengeTest extends RunningService {
    private static final AccountKey.Wallet SOMEBODY =
            new AccountKey.Wallet(EthereumAddress.parse("0x70997970C51812dc3A010C7d01b50e0d17dc79C8"));

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    private ServiceClient from(String address) {
        return client().as(TestKeys.token("gateway", "reputation").asAnonymous(address));
    }

    private ServiceClient member() {
        Signer signer = Signer.freshWallet();
        signer.enrol(DATABASE, "asks-" + Signer.SIGNERS.incrementAndGet());
        return signedIn(signer);
    }

    private Challenges challenges(int perAddress, int inAll) {
        var properties =
                new SignInProperties(31337, Duration.ofMinutes(5), perAddress, inAll, 2, Duration.ofSeconds(2), 10);
        return new Challenges(jdbc, transaction, properties, new SecureRandom(), Clock.systemUTC());
    }

    private static Origin origin(String text) {
        return new Origin(text);
    }

    @ParameterizedTest
    @CsvSource({
        "sign-in, Sign in to PBTS ",
        "register, Register an account with PBTS ",
        "add-key, Add this wallet to your account with PBTS "
    })
    void aWalletIsGivenTheCompleteTextForThisSiteAndPurpose(String purpose, String sentence) {
        Signer.Wallet wallet = Signer.freshWallet();
        Reply challenge = wallet.challenge(member(), purpose);

        assertThat(challenge.status()).isEqualTo(201);
        SiweMessage message = SiweMessage.parse(challenge.text("message"));
        assertThat(message.domain().text()).isEqualTo("tracker.example:8000");
        assertThat(message.uri().text()).isEqualTo("http://tracker.example:8000/" + purpose);
        assertThat(message.chainId()).isEqualTo(31337);
        assertThat(message.address()).isEqualTo(wallet.secret().address());
        assertThat(message.nonce()).isEqualTo(challenge.text("nonce")).matches("[0-9a-f]{32}");
        assertThat(message.statement().orElseThrow()).startsWith(sentence);
        long expires = challenge.body().path("expires_at").asLong();
        assertThat(message.expirationTime().orElseThrow().instant().getEpochSecond())
                .isEqualTo(expires);
        assertThat(expires - message.issuedAt().instant().getEpochSecond()).isEqualTo(300);
    }

    @Test
    void aBlsKeyIsGivenTheBytesThatNoReceiptHas() {
        Signer.OfBls bls = Signer.freshBls();
        Reply challenge = bls.challenge(member(), "add-key");

        LoginMessage message =
                LoginMessage.parse(Hex.decode(challenge.text("message"))).orElseThrow();
        assertThat(message.purpose()).isEqualTo(SigningPurpose.ADD_KEY);
        assertThat(message.instance())
                .isEqualTo(InstanceId.fromHex(get("/internal/v1/instance").text("instance_id")));
        assertThat(message.key()).isEqualTo(bls.secret().publicKey());
        assertThat(message.nonce().hex()).isEqualTo(challenge.text("nonce"));
        assertThat(message.expiry())
                .isEqualTo(challenge.body().path("expires_at").asLong());
    }

    @Test
    void onlyASessionAsksForAChallengeToAddAKey() {
        Signer added = Signer.freshBls();
        Reply visitor = added.challenge(client(), "add-key");
        assertThat(visitor.status()).isEqualTo(401);
        assertThat(visitor.text("code")).isEqualTo("credentials-missing");

        Signer owner = Signer.freshWallet();
        String name = "by-key-" + Signer.SIGNERS.incrementAndGet();
        long account = owner.enrol(DATABASE, name);
        Reply byApiKey = added.challenge(
                client().as(TestKeys.token("gateway", "reputation")
                        .asApiKey(account, name, "report", "torrents", "account:read")),
                "add-key");
        assertThat(byApiKey.status()).isEqualTo(403);
        assertThat(byApiKey.text("code")).isEqualTo("not-allowed");
        assertThat(count("select count(*) from reputation.challenge where public_key = decode('%s', 'hex')"
                        .formatted(added.key().bytes().toUnprefixedHexString())))
                .isZero();
    }

    @Test
    void aSlotThatIsUsedAgainForgetsWhoseItWas() {
        Challenges ring = challenges(10_000, 100);
        AccountId account = new AccountId(Signer.freshWallet().enrol(DATABASE, "ring-owner"));
        for (int i = 0; i < 100; i++) {
            ring.issue(Intent.addKeyTo(account), SOMEBODY, origin("owned"));
        }
        for (int i = 0; i < 100; i++) {
            ring.issue(Intent.SIGN_IN, SOMEBODY, origin("owned"));
        }

        assertThat(count("select count(*) from reputation.challenge where slot < 100 and asked_from = 'owned'"))
                .isEqualTo(100);
        assertThat(count("select count(*) from reputation.challenge where slot < 100 and account_id is not null"))
                .isZero();
    }

    /** As the version before this column writes it while both run. */
    @Test
    void aChallengeToAddAKeyThatIsNobodysAddsNothing() {
        Challenges some = challenges(10_000, 100_000);
        Intent intent = Intent.addKeyTo(new AccountId(Signer.freshWallet().enrol(DATABASE, "no-owner")));
        Challenge challenge = some.issue(intent, SOMEBODY, origin("older"));
        sql("update reputation.challenge set account_id = null where asked_from = 'older'");

        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> some.consume(intent, challenge.nonce()))
                .matches(refusal -> refusal.code().equals("challenge-unknown"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | missing-field",
                "{'purpose':'sign-in'} | missing-field",
                "{'purpose':'sign-in','kind':'wallet'} | missing-field",
                "{'purpose':'sign-in','kind':'bls'} | missing-field",
                "{'purpose':'login','kind':'wallet','address':'0x70997970c51812dc3a010c7d01b50e0d17dc79c8'} | invalid-purpose",
                "{'purpose':'sign-in','kind':'rsa','address':'0x70997970c51812dc3a010c7d01b50e0d17dc79c8'} | invalid-kind",
                "{'purpose':'sign-in','kind':'wallet','address':'70997970c51812dc3a010c7d01b50e0d17dc79c8'} | invalid-address",
                "{'purpose':'sign-in','kind':'wallet','address':'0x70997970c51812dC3a010c7d01b50e0d17dc79c8'} | invalid-address",
                "{'purpose':'sign-in','kind':'bls','public_key':'00'} | invalid-public-key",
                "{'purpose':'sign-in','kind':'bls','public_key':7} | invalid-public-key",
            })
    void aMalformedQuestionIs400(String question, String code) {
        Reply reply = post("/api/v1/challenges", question.replace('\'', '"'));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("code")).isEqualTo(code);
    }

    @Test
    void thirtyTwoChallengesOfOneAddressMayWaitAndAnsweringMakesRoom() {
        ServiceClient client = from("198.51.100.7");
        Signer.Wallet wallet = Signer.freshWallet();
        wallet.enrol(DATABASE, "patient");
        Reply first = wallet.challenge(client, "sign-in");
        IntStream.range(1, 32)
                .forEach(_ ->
                        assertThat(wallet.challenge(client, "sign-in").status()).isEqualTo(201));

        Reply refused = wallet.challenge(client, "sign-in");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text("code")).isEqualTo("too-many-challenges");
        assertThat(Long.parseLong(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1L, 300L);
        assertThat(wallet.challenge(from("198.51.100.8"), "sign-in").status()).isEqualTo(201);

        client.post("/api/v1/sessions", TestUser.json(wallet.answer(first)));
        assertThat(wallet.challenge(client, "sign-in").status()).isEqualTo(201);
    }

    @Test
    void aWholeIpv6NetworkOf64BitsIsOneAddress() {
        Signer.Wallet wallet = Signer.freshWallet();
        IntStream.range(0, 32)
                .forEach(i -> assertThat(wallet.challenge(from("2001:db8:1:2::" + Integer.toHexString(i)), "sign-in")
                                .status())
                        .isEqualTo(201));

        assertThat(wallet.challenge(from("2001:db8:1:2:ffff::1"), "sign-in").status())
                .isEqualTo(429);
        assertThat(wallet.challenge(from("2001:db8:1:3::1"), "sign-in").status())
                .isEqualTo(201);
    }

    @Test
    void theBoundOfAnAddressIsExactHoweverManyAskAtOnce() throws Exception {
        Challenges few = challenges(5, 1000);
        List<Callable<Integer>> callers = new ArrayList<>();
        IntStream.range(0, 16)
                .forEach(_ -> callers.add(() -> {
                    try {
                        few.issue(Intent.SIGN_IN, SOMEBODY, origin("198.51.100.99"));
                        return 1;
                    } catch (Refusal refused) {
                        return 0;
                    }
                }));

        try (var threads = Executors.newFixedThreadPool(8)) {
            int issued = 0;
            for (var done : threads.invokeAll(callers)) {
                issued += done.get();
            }
            assertThat(issued).isEqualTo(5);
        }
    }

    @Test
    void whenAllSlotsAreTakenTheOldestChallengeIsForgotten() {
        Challenges ring = challenges(10_000, 100);
        long before = count("select count(*) from reputation.challenge where slot >= 100");
        Challenge oldest = ring.issue(Intent.REGISTER, SOMEBODY, origin("ring"));
        Challenge newest = oldest;
        for (int i = 0; i < 100; i++) {
            newest = ring.issue(Intent.REGISTER, SOMEBODY, origin("ring"));
        }

        assertThat(count("select count(*) from reputation.challenge")).isLessThanOrEqualTo(before + 100);
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> ring.consume(Intent.REGISTER, oldest.nonce()));
        assertThat(ring.consume(Intent.REGISTER, newest.nonce())).isEqualTo(newest);
    }

    @Test
    void expiredChallengesAreSweptInBatches() {
        Challenges some = challenges(10_000, 100_000);
        IntStream.range(0, 15).forEach(_ -> some.issue(Intent.SIGN_IN, SOMEBODY, origin("swept")));
        sql("update reputation.challenge set issued_at = now() - interval '1 h', expires_at = now() - interval '1 s'"
                + " where asked_from = 'swept'");

        assertThat(some.purge()).isTrue();
        while (some.purge()) {
            assertThat(count("select count(*) from reputation.challenge where expires_at < now()"))
                    .isPositive();
        }
        assertThat(count("select count(*) from reputation.challenge where asked_from = 'swept'"))
                .isZero();
    }
}
