package io.pbts.reputation;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.crypto.PersonalMessage;
import io.pbts.protocol.crypto.Secp256k1SecretKey;
import io.pbts.protocol.hash.Hex;
import io.pbts.reputation.ServiceClient.Reply;
import io.pbts.support.testing.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/** A key as a headless agent holds it: asks for a challenge, signs what it is given, sends it back. */
public sealed interface Signer {
    AtomicInteger SIGNERS = new AtomicInteger(500_000);

    record Wallet(Secp256k1SecretKey secret) implements Signer {
        @Override
        public AccountKey key() {
            return new AccountKey.Wallet(secret.address());
        }

        @Override
        public Map<String, Object> question(String purpose) {
            return form(
                    "purpose",
                    purpose,
                    "kind",
                    "wallet",
                    "address",
                    secret.address().checksummed());
        }

        @Override
        public Map<String, Object> answer(Reply challenge) {
            return answer(challenge.text("message"));
        }

        /** Signs a message of one's own making. */
        public Map<String, Object> answer(String message) {
            return form("kind", "wallet", "message", message, "signature", signature(message));
        }

        public String signature(String message) {
            return "0x" + secret.sign(PersonalMessage.of(message)).toUnprefixedHexString();
        }
    }

    record OfBls(BlsSecretKey secret) implements Signer {
        @Override
        public AccountKey key() {
            return secret.publicKey().accountKey();
        }

        @Override
        public Map<String, Object> question(String purpose) {
            return form("purpose", purpose, "kind", "bls", "public_key", publicKey());
        }

        @Override
        public Map<String, Object> answer(Reply challenge) {
            return answer(challenge.text("nonce"), Hex.decode(challenge.text("message")));
        }

        /** Signs bytes of one's own making. */
        public Map<String, Object> answer(String nonce, Bytes bytes) {
            String signature = Bls.sign(secret, bytes).bytes().toUnprefixedHexString();
            return form("kind", "bls", "public_key", publicKey(), "nonce", nonce, "signature", signature);
        }

        public String publicKey() {
            return secret.publicKey().bytes().toUnprefixedHexString();
        }
    }

    static Wallet freshWallet() {
        return new Wallet(
                Secp256k1SecretKey.fromBytes(Bytes32.leftPad(Bytes.ofUnsignedInt(SIGNERS.incrementAndGet()))));
    }

    static OfBls freshBls() {
        return new OfBls(TestUser.keyNumber(SIGNERS.incrementAndGet()));
    }

    AccountKey key();

    /** The body of {@code POST /api/v1/challenges}. */
    Map<String, Object> question(String purpose);

    /** The body of {@code POST /api/v1/sessions}. */
    Map<String, Object> answer(Reply challenge);

    default Reply challenge(ServiceClient service, String purpose) {
        return service.post("/api/v1/challenges", TestUser.json(question(purpose)));
    }

    /** Asks, signs and sends. */
    default Reply signIn(ServiceClient service) {
        return service.post("/api/v1/sessions", TestUser.json(answer(challenge(service, "sign-in"))));
    }

    /** An account of this key, as if it had registered. Returns its number. */
    default long enrol(TestPostgres database, String name) {
        String hex = key().bytes().toUnprefixedHexString();
        String enrolment =
                """
                with a as (insert into reputation.account (user_id, chain_account, registered_at)
                        values ('%1$s', decode('%2$s', 'hex'), now()) returning account_id),
                    k as (insert into reputation.account_key
                            (kind, public_key, account_id, possession_proven, added_at)
                        select %3$d, decode('%4$s', 'hex'), account_id, true, now() from a),
                    p as (insert into reputation.passkey (passkey_hash, account_id, created_at)
                        select sha256('%1$s'), account_id, now() from a),
                    t as (insert into reputation.total (account_id, grant_state) select account_id, 'none' from a)
                select account_id from a
                """.formatted(name, key().chainAccount().hex(), key().kind().number(), hex);
        try (Connection superuser = database.superuser();
                ResultSet row = superuser.createStatement().executeQuery(enrolment)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> form(String... fields) {
        var form = new LinkedHashMap<String, Object>();
        for (int i = 0; i < fields.length; i += 2) {
            form.put(fields[i], fields[i + 1]);
        }
        return form;
    }
}
