package io.pbts.reputation.wallet;

import io.pbts.reputation.signin.Acts;
import io.pbts.reputation.signin.Spelling;
import io.pbts.reputation.standing.AccountId;
import io.pbts.reputation.standing.Policy;
import io.pbts.support.Refusal;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Tells announce-service whether a wallet signed for what it is about to do, and how its account stands. */
@RestController
@Tag(name = "internal")
@Allow(value = Who.SERVICE, services = "announce")
class WalletActController {
    private final WalletActs acts;

    WalletActController(WalletActs acts) {
        this.acts = acts;
    }

    record WalletActRequest(
            @Nullable String act,
            @Nullable String infoHash,
            @Nullable String event,
            @Nullable String peerId,
            @Nullable String address,
            @Nullable String message,
            @Nullable String signature) {}

    /**
     * A wallet's account before the gate.
     *
     * @param bytesOwed what it must upload to be allowed again
     */
    record WalletStanding(
            AccountId accountId,
            String userId,
            String address,
            boolean allowed,
            @Schema(format = "decimal") @Nullable String ratio,
            @Schema(format = "decimal") String minRatio,
            long bytesOwed,
            String uploadBytes,
            String downloadBytes) {

        static WalletStanding of(WalletAccount account) {
            var standing = account.standing();
            var verdict = standing.verdict();
            return new WalletStanding(
                    standing.account(),
                    standing.user().value(),
                    account.address().checksummed(),
                    verdict.allowed(),
                    verdict.ratio() == null ? null : verdict.ratio().toPlainString(),
                    Policy.printed(standing.minRatio()),
                    verdict.bytesOwed(),
                    account.uploadBytes(),
                    account.downloadBytes());
        }
    }

    @PostMapping("/internal/v1/wallets/acts")
    WalletStanding act(@RequestBody WalletActRequest request) {
        String name = Spelling.present("act", request.act());
        var act = Acts.read(name, request.infoHash(), request.event(), request.peerId())
                .orElseThrow(() -> new Refusal(400, "invalid-act", "Invalid act: announce or bind-peer"));
        var wallet = WalletAddresses.read(request.address());
        return WalletStanding.of(acts.require(act, wallet, request.message(), request.signature()));
    }

    /** Of a wallet that proved itself otherwise. */
    @GetMapping("/internal/v1/wallets/{address}")
    WalletStanding wallet(@PathVariable String address) {
        return WalletStanding.of(acts.require(WalletAddresses.read(address)));
    }
}
