package io.pbts.announce.wallet;

import io.pbts.announce.admission.Openness;
import io.pbts.announce.wallet.WalletClient.SignedAct;
import io.pbts.announce.wallet.WalletClient.WalletFact;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.crypto.PersonalMessage;
import io.pbts.protocol.crypto.Secp256k1;
import io.pbts.protocol.crypto.Secp256k1.Recovery;
import io.pbts.protocol.hash.Hex;
import io.pbts.protocol.signin.WalletAct;
import io.pbts.support.FactUnavailable;
import io.pbts.support.Refusal;
import io.pbts.support.access.Caller;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.client.HttpClientErrorException;

/**
 * Whether a wallet signed for what it is about to do: a challenge of this tracker, which reputation-service keeps and uses up.
 * The variant's own free text can be replayed by whoever saw it once, so it counts in profile {@code local} for callers on the
 * machine itself alone.
 */
final class WalletActs {
    /** What reputation-service says of the client, not of us. */
    private static final Set<String> CLIENTS = Set.of(
            "missing-field",
            "message-malformed",
            "invalid-address",
            "invalid-signature",
            "challenge-unknown",
            "challenge-expired",
            "wrong-purpose",
            "wrong-domain",
            "wrong-chain",
            "wrong-uri",
            "message-expired",
            "message-not-yet-valid",
            "unknown-user");

    private final WalletClient reputation;
    private final Openness openness;

    WalletActs(WalletClient reputation, Openness openness) {
        this.reputation = reputation;
        this.openness = openness;
    }

    /**
     * The wallet's account.
     *
     * @param freeText whether the signature was the variant's, which anybody may use again
     */
    record Signed(WalletFact wallet, boolean freeText) {}

    Signed require(WalletAct act, WalletSignature signature, Caller caller) {
        if (openness == Openness.LOCAL && caller.isLoopback() && isFreeText(act, signature)) {
            requireSigner(signature);
            return new Signed(asked(() -> reputation.wallet(signature.wallet().checksummed())), true);
        }
        return new Signed(asked(() -> reputation.act(signedAct(act, signature))), false);
    }

    private static SignedAct signedAct(WalletAct act, WalletSignature signature) {
        String address = signature.wallet().checksummed();
        return switch (act) {
            case WalletAct.Announce(var infoHash, var event) ->
                new SignedAct(
                        act.wireName(),
                        infoHash.hex(),
                        event.wireName(),
                        null,
                        address,
                        signature.message(),
                        signature.signature());
            case WalletAct.BindPeer(var peerId) ->
                new SignedAct(
                        act.wireName(), null, null, peerId.hex(), address, signature.message(), signature.signature());
        };
    }

    private static boolean isFreeText(WalletAct act, WalletSignature signature) {
        EthereumAddress wallet = signature.wallet();
        String text =
                switch (act) {
                    case WalletAct.Announce(var infoHash, var event) ->
                        "Announce %s for %s".formatted(event.wireName(), infoHash.hex());
                    case WalletAct.BindPeer(var peerId) ->
                        "Bind peer_id %s to PBTS account %s".formatted(peerId.hex(), wallet.checksummed());
                };
        return signature.message().equalsIgnoreCase(text);
    }

    private static void requireSigner(WalletSignature signature) {
        String digits = signature.signature();
        try {
            var bytes = Hex.decode(digits.startsWith("0x") ? digits.substring(2) : digits, Secp256k1.SIGNATURE_SIZE);
            Recovery signer = Secp256k1.recover(PersonalMessage.of(signature.message()), bytes);
            if (signer.equals(new Recovery.Signer(signature.wallet()))) {
                return;
            }
        } catch (IllegalArgumentException notHex) {
            throw invalidSignature(notHex);
        }
        throw invalidSignature(null);
    }

    private static Refusal invalidSignature(@Nullable Throwable cause) {
        return new Refusal(401, "invalid-signature", "Invalid signature", cause);
    }

    private static WalletFact asked(Supplier<WalletFact> question) {
        try {
            return question.get();
        } catch (HttpClientErrorException refused) {
            throw translated(refused);
        }
    }

    private record Problem(@Nullable String code, @Nullable String detail) {}

    private static RuntimeException translated(HttpClientErrorException refused) {
        Problem problem = refused.getResponseBodyAs(Problem.class);
        if (problem == null || problem.code == null || problem.detail == null || !CLIENTS.contains(problem.code)) {
            return new FactUnavailable("reputation-service", refused);
        }
        return new Refusal(refused.getStatusCode().value(), problem.code, problem.detail, refused);
    }
}
