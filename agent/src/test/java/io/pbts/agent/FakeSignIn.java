package io.pbts.agent;

import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.receipt.InstanceId;
import io.pbts.protocol.signin.AbsoluteUri;
import io.pbts.protocol.signin.LoginMessage;
import io.pbts.protocol.signin.LoginNonce;
import io.pbts.protocol.signin.SignInSite;
import io.pbts.protocol.signin.SignInVerdict;
import io.pbts.protocol.signin.SigningPurpose;
import io.pbts.protocol.signin.SiweMessage;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.tuweni.bytes.Bytes;
import tools.jackson.databind.JsonNode;

/** Challenges, wallets and sessions as reputation-service answers them: strict about signatures, and about tokens that come twice. */
final class FakeSignIn {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final InstanceId instance;
    private final String url;
    private final Map<String, LoginMessage> logins = new HashMap<>();
    private final List<String> tokens = new ArrayList<>();
    final List<String> sessionsOpened = new ArrayList<>();
    int refreshes;
    String publicUrl;
    InstanceId named;
    long accessLife = 900;
    String grant = "pending";

    FakeSignIn(InstanceId instance, String url) {
        this.instance = instance;
        this.named = instance;
        this.url = url;
        this.publicUrl = url;
    }

    /** What to answer, and by which status. */
    record Answer(int status, String body) {}

    private static Answer refused(String code) {
        return new Answer(401, "{\"code\":\"%s\",\"detail\":\"%s\"}".formatted(code, code));
    }

    synchronized Answer challenge(JsonNode wish) {
        SigningPurpose purpose =
                SigningPurpose.ofWireName(wish.path("purpose").asString()).orElseThrow();
        LoginNonce nonce = LoginNonce.random(RANDOM);
        Instant now = Instant.now();
        String message;
        if (wish.path("kind").asString().equals("wallet")) {
            message = new SignInSite(new AbsoluteUri(publicUrl), 31337, named)
                    .challenge(
                            purpose,
                            EthereumAddress.parse(wish.path("address").asString()),
                            nonce,
                            now,
                            now.plusSeconds(300))
                    .text()
                    .replace("\n", "\\n");
        } else {
            var login = new LoginMessage(
                    purpose,
                    named,
                    BlsPublicKey.of(Bytes.fromHexString(wish.path("public_key").asString())),
                    nonce,
                    now.getEpochSecond() + 300);
            logins.put(nonce.hex(), login);
            message = login.signedBytes().toUnprefixedHexString();
        }
        return new Answer(201, "{\"nonce\":\"%s\",\"message\":\"%s\"}".formatted(nonce.hex(), message));
    }

    private String wallet(SigningPurpose purpose, JsonNode signed) {
        SiweMessage message = SiweMessage.parse(signed.path("message").asString());
        var expected = new SignInSite(new AbsoluteUri(url), 31337, instance)
                .expects(
                        purpose,
                        message.address(),
                        LoginNonce.parse(message.nonce()).orElseThrow());
        var verdict = expected.verify(
                message, Bytes.fromHexString(signed.path("signature").asString()), Instant.now());
        return verdict instanceof SignInVerdict.Accepted ? message.address().checksummed() : "";
    }

    synchronized Answer registerWallet(JsonNode form) {
        String address = wallet(SigningPurpose.REGISTER, form);
        if (!address.equals(form.path("userAddress").asString())) {
            return refused("invalid-signature");
        }
        return new Answer(201, """
                {"success":true,"userAddress":"%1$s","initialCredit":0,"txHash":null,"grant":"%2$s","user_id":"%1$s",
                "passkey":"secretpasskey","announce_url":"%3$s/secretpasskey/announce"}""".formatted(address, grant, url));
    }

    synchronized Answer open(JsonNode signed) {
        String user;
        if (signed.path("kind").asString().equals("wallet")) {
            user = wallet(SigningPurpose.SIGN_IN, signed);
        } else {
            LoginMessage login = logins.remove(signed.path("nonce").asString());
            var signature =
                    BlsSignature.of(Bytes.fromHexString(signed.path("signature").asString()));
            user = login != null && login.verify(signature, Instant.now()) instanceof SignInVerdict.Accepted
                    ? "alice"
                    : "";
        }
        if (user.isEmpty()) {
            return refused("invalid-signature");
        }
        sessionsOpened.add(user);
        return session(user);
    }

    private Answer session(String user) {
        tokens.add("token-" + tokens.size());
        String last = tokens.getLast();
        return new Answer(201, """
                {"access_token":"access-%1$s","token_type":"Bearer","expires_in":%2$d,"refresh_token":"%1$s",
                "refresh_expires_in":86400,"user_id":"%3$s"}""".formatted(last, accessLife, user));
    }

    synchronized Answer refresh(JsonNode body) {
        refreshes++;
        if (tokens.isEmpty()
                || !tokens.getLast().equals(body.path("refresh_token").asString())) {
            tokens.clear();
            return refused("refresh-replayed");
        }
        return session("alice");
    }

    private boolean isSignedIn(String authorization) {
        return !tokens.isEmpty() && authorization.equals("Bearer access-" + tokens.getLast());
    }

    synchronized Answer account(String authorization) {
        return isSignedIn(authorization)
                ? new Answer(200, "{\"user_id\":\"alice\",\"grant\":\"granted\"}")
                : refused("credentials-missing");
    }

    synchronized Answer newPasskey(String authorization) {
        return isSignedIn(authorization)
                ? new Answer(
                        201, "{\"passkey\":\"newpasskey\",\"announce_url\":\"%s/newpasskey/announce\"}".formatted(url))
                : refused("credentials-missing");
    }

    /** All sessions end on the tracker's side. */
    synchronized void endSessions() {
        tokens.clear();
    }
}
