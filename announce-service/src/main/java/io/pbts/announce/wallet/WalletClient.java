package io.pbts.announce.wallet;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

/** What reputation-service is asked about wallets. */
interface WalletClient {

    /** Uses the challenge up, so it is never asked twice. */
    @PostExchange("/internal/v1/wallets/acts")
    WalletFact act(@RequestBody SignedAct act);

    @GetExchange("/internal/v1/wallets/{address}")
    WalletFact wallet(@PathVariable("address") String address);

    /** An act and the wallet's signature for it. */
    record SignedAct(
            String act,
            @Nullable String infoHash,
            @Nullable String event,
            @Nullable String peerId,
            String address,
            String message,
            String signature) {}

    /**
     * The account of a wallet before the gate.
     *
     * @param address with its checksum
     * @param ratio with two decimals, rounded down; absent when it has no bound
     * @param bytesOwed what to seed to be admitted again
     * @param uploadBytes in decimal, the initial credit included
     * @param downloadBytes in decimal
     */
    record WalletFact(
            long accountId,
            String address,
            boolean allowed,
            @Nullable String ratio,
            String minRatio,
            long bytesOwed,
            String uploadBytes,
            String downloadBytes) {}
}
