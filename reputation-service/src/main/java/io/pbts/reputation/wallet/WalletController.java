package io.pbts.reputation.wallet;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.reputation.account.passkey.ShownPasskeys;
import io.pbts.support.Refusal;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Caller;
import io.pbts.support.access.Scope;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The variant's {@code /reputation/{address}} and {@code /users}. */
@RestController
@Tag(name = "wallets")
class WalletController {
    private static final int MOST_PER_PAGE = 100;

    private final Wallets wallets;
    private final ShownPasskeys passkeys;

    WalletController(Wallets wallets, ShownPasskeys passkeys) {
        this.wallets = wallets;
        this.passkeys = passkeys;
    }

    /**
     * What a wallet's account gave and took.
     *
     * @param uploadBytes in decimal, the initial credit included, as on the chain
     * @param downloadBytes in decimal
     * @param ratio the gate's, rounded down; null when it has no bound
     * @param lastUpdated second since 1970 in which something moved, else in which it registered; 0 when nobody did
     */
    record WalletReputation(
            String address,
            @JsonProperty("uploadBytes") String uploadBytes,
            @JsonProperty("downloadBytes") String downloadBytes,
            @Nullable BigDecimal ratio,
            @JsonProperty("lastUpdated") long lastUpdated,
            @JsonProperty("isRegistered") boolean isRegistered) {

        static WalletReputation of(WalletAccount account) {
            return new WalletReputation(
                    account.address().checksummed(),
                    account.uploadBytes(),
                    account.downloadBytes(),
                    account.ratio(),
                    account.movedAt().getEpochSecond(),
                    true);
        }

        static WalletReputation ofStranger(EthereumAddress address) {
            return new WalletReputation(address.checksummed(), "0", "0", null, 0, false);
        }
    }

    /**
     * Some of the wallets, in the order of their addresses.
     *
     * @param cursor the {@code after} of the next page
     */
    record WalletPage(List<WalletReputation> users, String cursor, boolean more) {}

    @Operation(summary = "What the account of a wallet gave and took; a wallet that nobody registered has zeros")
    @Allow(Who.ANYONE)
    @GetMapping("/reputation/{address}")
    WalletReputation reputation(@PathVariable String address) {
        EthereumAddress wallet = WalletAddresses.read(address);
        return wallets.find(wallet).map(WalletReputation::of).orElseGet(() -> WalletReputation.ofStranger(wallet));
    }

    @Operation(summary = "Registered wallets, a page of at most 100, for members")
    @Allow(
            value = {Who.PASSKEY, Who.SCOPE, Who.LOOPBACK},
            scope = Scope.ACCOUNT_READ)
    @GetMapping("/users")
    WalletPage users(
            Caller caller,
            @RequestHeader(name = ShownPasskeys.HEADER, required = false) @Nullable String passkey,
            @RequestParam(name = "after", defaultValue = "") String after,
            @RequestParam(name = "limit", defaultValue = "100") int limit) {
        passkeys.requireKnown(caller, passkey);
        if (limit < 1) {
            throw new Refusal(400, "invalid-limit", "limit must be at least 1");
        }
        int size = Math.min(limit, MOST_PER_PAGE);
        var last = Optional.of(after).filter(text -> !text.isEmpty()).map(WalletAddresses::read);
        List<WalletReputation> read =
                wallets.after(last, size + 1).stream().map(WalletReputation::of).toList();
        List<WalletReputation> page = read.subList(0, Math.min(size, read.size()));
        return new WalletPage(page, page.isEmpty() ? after : page.getLast().address(), read.size() > size);
    }
}
