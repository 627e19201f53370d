package io.pbts.agent.tracker;

import io.pbts.engine.receipt.ReceiptSigner;
import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.crypto.Secp256k1SecretKey;
import io.pbts.protocol.receipt.InstanceId;
import io.pbts.protocol.signin.SigningPurpose;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Signs what a tracker asks for and gets a session, or an account. */
public final class SignIn {

    private static final String REFRESH_TOKEN = "refresh_token";

    private final Gateway gateway;

    SignIn(Gateway gateway) {
        this.gateway = gateway;
    }

    /**
     * A wallet's new account.
     *
     * @param grant of the initial credit: granted, pending or none
     * @param creditBytes granted so far
     */
    public record WalletAccount(Account account, String grant, long creditBytes) {}

    /** Opens an account that goes by the wallet's address. */
    public WalletAccount register(Secp256k1SecretKey wallet, InstanceId instance)
            throws IOException, InterruptedException, Refused {
        ReceiptSigner key = new ReceiptSigner.OfWallet(wallet);
        Challenge challenge = challenge(SigningPurpose.REGISTER, key, instance);
        JsonNode said = gateway.ask(gateway.post(
                        "/register",
                        Map.of(
                                "userAddress",
                                wallet.address().checksummed(),
                                "message",
                                challenge.message(),
                                "signature",
                                challenge.sign(key)))
                .build());
        Account account = Account.of(gateway.url(), wallet.address().checksummed(), instance, said);
        return new WalletAccount(
                account,
                said.path("grant").asString("none"),
                said.path("initialCredit").asLong(0));
    }

    /** Opens a session for the account that has the key. */
    public Tokens open(ReceiptSigner key, InstanceId instance) throws IOException, InterruptedException, Refused {
        Challenge challenge = challenge(SigningPurpose.SIGN_IN, key, instance);
        String signature = challenge.sign(key);
        Map<String, String> answer =
                switch (key.key()) {
                    case AccountKey.Bls bls -> {
                        Map<String, String> named = new LinkedHashMap<>(named(bls));
                        named.put("nonce", challenge.nonce());
                        named.put("signature", signature);
                        yield named;
                    }
                    case AccountKey.Wallet _ ->
                        Map.of("kind", "wallet", "message", challenge.message(), "signature", signature);
                };
        return tokens(gateway.ask(gateway.post("/api/v1/sessions", answer).build()));
    }

    /** The session's next tokens. A refresh token that is used twice ends the session. */
    public Tokens refresh(String refreshToken) throws IOException, InterruptedException, Refused {
        return tokens(gateway.ask(gateway.post("/api/v1/sessions/refresh", Map.of(REFRESH_TOKEN, refreshToken))
                .build()));
    }

    /** A new passkey and announce URL; the ones before go on working for a while that the tracker sets. */
    public Account newPasskey(Tokens tokens, InstanceId instance) throws IOException, InterruptedException, Refused {
        JsonNode said = gateway.ask(gateway.post("/api/v1/account/passkey", Map.of())
                .header("Authorization", "Bearer " + tokens.access())
                .build());
        return Account.of(gateway.url(), tokens.userId(), instance, said);
    }

    private Challenge challenge(SigningPurpose purpose, ReceiptSigner key, InstanceId instance)
            throws IOException, InterruptedException, Refused {
        Map<String, String> wish = new LinkedHashMap<>(named(key.key()));
        wish.put("purpose", purpose.wireName());
        JsonNode said = gateway.ask(gateway.post("/api/v1/challenges", wish).build());
        URI site = gateway.url();
        return new Challenge(
                site,
                instance,
                purpose,
                said.path("nonce").asString(""),
                said.path("message").asString(""));
    }

    /** A key as {@code /api/v1} writes it. */
    private static Map<String, String> named(AccountKey key) {
        return switch (key) {
            case AccountKey.Bls bls ->
                Map.of("kind", "bls", "public_key", bls.bytes().toUnprefixedHexString());
            case AccountKey.Wallet(EthereumAddress address) ->
                Map.of("kind", "wallet", "address", address.checksummed());
        };
    }

    private static Tokens tokens(JsonNode said) throws IOException {
        Tokens tokens = new Tokens(
                said.path("user_id").asString(""),
                said.path("access_token").asString(""),
                Duration.ofSeconds(said.path("expires_in").asLong(0)),
                said.path(REFRESH_TOKEN).asString(""),
                Duration.ofSeconds(said.path("refresh_expires_in").asLong(0)));
        if (tokens.access().isEmpty() || tokens.refresh().isEmpty()) {
            throw new IOException("the tracker's answer is no session");
        }
        return tokens;
    }
}
