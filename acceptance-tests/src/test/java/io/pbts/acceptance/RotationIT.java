package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Secrets are replaced in the files of a running stack; nothing restarts, no request fails, and the old ones end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RotationIT {
    /** The files are looked at each second; two looks on a busy machine. */
    private static final Duration LOOK = Duration.ofMillis(2_500);

    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path folder;

    private Stack stack;
    private Http gateway;

    @BeforeAll
    void start() {
        stack = ProductionStack.get();
        gateway = stack.gateway().from("127.48.0.1");
    }

    @Test
    void everyServicesSigningKeyIsReplacedUnderLoadAndTheOldOnesAreRefused() {
        var honest = HonestTraffic.prepare(stack, folder, "rotate-keys", "127.48.1", 400)
                .start();
        Session session = Session.open(gateway, Member.register(gateway, "rotate-session"));
        Map<String, SigningKey> old = new LinkedHashMap<>();
        Map<String, SigningKey.Fresh> fresh = new LinkedHashMap<>();
        List<Part> parts = Part.all(stack);
        for (Part part : parts) {
            old.put(part.service(), SigningKey.of(part));
            fresh.put(part.service(), SigningKey.fresh(part.service()));
        }
        var entries = fresh.values().stream().map(SigningKey.Fresh::entry).toList();
        parts.forEach(part -> part.rotate("pbts.service-keys", PublicKeys.changed(part, entries, "")));
        Await.pass(LOOK);
        parts.forEach(part ->
                part.rotate("pbts.service-key", fresh.get(part.service()).key().pem()));
        Await.pass(LOOK);
        session.ask("GET", "/api/v1/account", null).expect(200);
        parts.forEach(part -> old.values()
                .forEach(key -> part.rotate("pbts.service-keys", PublicKeys.changed(part, List.of(), key.kid()))));
        Await.pass(LOOK);
        HonestTraffic.Outcome outcome = honest.stop();

        System.out.println(outcome);
        assertThat(outcome.failures()).isEmpty();
        assertThat(outcome.count("report")).isGreaterThan(10);
        for (Part part : parts) {
            if (!part.service().equals("gateway")) {
                Http direct = new Http(URI.create("http://127.0.0.1:" + part.port()));
                Http.Answer refused = routes(direct, Jws.service(old.get("gateway"), part.service()));
                assertThat(refused.status() + " " + refused.code()).isEqualTo("401 token-key-unknown");
                routes(direct, Jws.service(fresh.get("gateway").key(), part.service()))
                        .expect(200);
            }
        }
        Http.Answer ended = Await.until(
                "a session signed by a withdrawn key ends",
                Duration.ofSeconds(10),
                () -> session.ask("GET", "/api/v1/account", null),
                answer -> answer.status() != 200);
        assertThat(ended.status() + " " + ended.code()).isEqualTo("401 token-key-unknown");
        Session.of(gateway, session.refresh().expect(201))
                .ask("GET", "/api/v1/account", null)
                .expect(200);
    }

    private static Http.Answer routes(Http direct, Jws token) {
        return direct.ask("GET", "/internal/v1/routes", Map.of(Jws.HEADER, token.text()), null);
    }

    @Test
    void theOperatorsKeyIsReplacedAndTheOldOneIsRefused() {
        Part part = Part.of(stack, "gateway");
        Http door = new Http(URI.create("http://127.0.0.1:" + part.setting("PBTS_ADMIN_PORT")));
        String user = Member.register(gateway, "rotate-operator").userId();
        String old = part.secret("pbts.admin-key").strip();
        String next = random();
        door.ask("GET", "/admin/v1/accounts/" + user, Session.bearer(old), null).expect(200);
        part.rotate("pbts.admin-key", next);
        Await.until(
                "the new key works",
                Duration.ofSeconds(10),
                () -> door.ask("GET", "/admin/v1/accounts/" + user, Session.bearer(next), null)
                        .status(),
                status -> status == 200);
        Http.Answer refused = door.ask("GET", "/admin/v1/accounts/" + user, Session.bearer(old), null);
        assertThat(refused.status() + " " + refused.code()).isEqualTo("401 admin-key-wrong");

        part.rotate("pbts.admin-key", "changeme");
        Await.pass(LOOK);
        door.ask("GET", "/admin/v1/accounts/" + user, Session.bearer(next), null)
                .expect(200);
        part.rotate("pbts.admin-key", next);
    }

    @Test
    void aNewPasskeyKeyHashesNewPasskeysAndOldPasskeysGoOn() {
        Member before = Member.register(gateway, "rotate-passkey-before");
        Dataset data = Dataset.create(folder, "passkey.bin", 16_384, 16_384, "http://tracker.invalid/announce");
        data.registerAs(before).expect(201);
        var honest = HonestTraffic.prepare(stack, folder, "rotate-passkeys", "127.48.2", 200)
                .start();
        String next = random();
        List<Part> readers = List.of(Part.of(stack, "announce"), Part.of(stack, "receipt"));
        Part owner = Part.of(stack, "reputation");
        String old = owner.secret("pbts.passkey-key").strip();
        // Who only looks passkeys up learns of the key before the owner hashes with it.
        readers.forEach(part -> part.rotate("pbts.passkey-key", old + "\n" + next + "\n"));
        Await.pass(LOOK);
        owner.rotate("pbts.passkey-key", next + "\n" + old + "\n");
        Await.pass(LOOK);
        Member after = Member.register(gateway, "rotate-passkey-after");
        for (Member member : List.of(before, after)) {
            Await.until(
                    member.userId() + " is known",
                    Duration.ofSeconds(10),
                    () -> member.tracker().failure(data.infoHash(), 6881, "&left=0"),
                    "(no failure)"::equals);
            assertThat(member.report(List.of()).status()).as(member.userId()).isNotIn(401, 403);
        }
        HonestTraffic.Outcome outcome = honest.stop();
        assertThat(outcome.failures()).isEmpty();
        assertThat(outcome.count("register")).isPositive();
    }

    private static String random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
