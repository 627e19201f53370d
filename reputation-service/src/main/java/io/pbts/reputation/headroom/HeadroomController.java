package io.pbts.reputation.headroom;

import io.pbts.protocol.account.AccountKey;
import io.pbts.reputation.account.passkey.ShownPasskeys;
import io.pbts.reputation.signin.Spelling;
import io.pbts.reputation.standing.Headroom;
import io.pbts.support.Refusal;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Caller;
import io.pbts.support.access.Scope;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Members ask about each other's keys, as their receipts name them. */
@RestController
@Tag(name = "accounts")
class HeadroomController {
    private final Headrooms headrooms;
    private final ShownPasskeys passkeys;

    HeadroomController(Headrooms headrooms, ShownPasskeys passkeys) {
        this.headrooms = headrooms;
        this.passkeys = passkeys;
    }

    /**
     * What a receiver's signature is worth.
     *
     * @param headroomBytes of further receipts that would be credited now; null when nothing bounds them
     */
    record HeadroomView(@Nullable Long headroomBytes, long heldBytes, boolean mayDownload) {
        static HeadroomView of(Headroom headroom) {
            return new HeadroomView(headroom.bytes(), headroom.heldBytes(), headroom.mayDownload());
        }
    }

    @Operation(
            summary =
                    "How many bytes of further receipts of a receiver would be credited now, by a BLS key of 96 hexadecimal"
                            + " digits or a wallet's address")
    @Allow(
            value = {Who.PASSKEY, Who.SCOPE, Who.LOOPBACK},
            scope = {Scope.REPORT, Scope.ACCOUNT_READ})
    @GetMapping("/api/v1/accounts/{key}/headroom")
    HeadroomView headroom(
            Caller caller,
            @RequestHeader(name = ShownPasskeys.HEADER, required = false) @Nullable String passkey,
            @PathVariable String key) {
        passkeys.requireKnown(caller, passkey);
        return headrooms
                .of(key(key))
                .map(HeadroomView::of)
                .orElseThrow(() -> new Refusal(404, "unknown-key", "No account holds this key"));
    }

    private static AccountKey key(String written) {
        return written.startsWith("0x")
                ? new AccountKey.Wallet(Spelling.address(written))
                : Spelling.blsKey(written).accountKey();
    }
}
