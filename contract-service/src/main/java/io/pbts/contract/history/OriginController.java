package io.pbts.contract.history;

import io.pbts.contract.chain.At;
import io.pbts.contract.chain.NodeRefusal;
import io.pbts.contract.chain.contracts.Contracts;
import io.pbts.contract.chain.contracts.LedgerAccount;
import io.pbts.contract.chain.contracts.LedgerAccount.Source;
import io.pbts.contract.chain.contracts.LedgerContract;
import io.pbts.contract.chain.watch.ChainIdentities;
import io.pbts.contract.chain.watch.ChainWatch;
import io.pbts.contract.succession.Successions;
import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.hash.Hex;
import io.pbts.support.FactUnavailable;
import io.pbts.support.Refusal;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Locale;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who somebody was on the tracker before this one. */
@RestController
@Tag(name = "internal")
class OriginController {
    private static final String OWNER = "the chain";

    private final ChainIdentities identities;
    private final ChainWatch watch;
    private final Contracts contracts;
    private final HistoryRows rows;
    private final HistoryProperties properties;
    private final Successions successions;

    OriginController(
            ChainIdentities identities,
            ChainWatch watch,
            Contracts contracts,
            HistoryRows rows,
            HistoryProperties properties,
            Successions successions) {
        this.identities = identities;
        this.watch = watch;
        this.contracts = contracts;
        this.rows = rows;
        this.properties = properties;
        this.successions = successions;
    }

    /** How far the history of an account has come. */
    enum State {
        UNKNOWN,
        COPYING,
        COPIED
    }

    /**
     * What the ledger says of a key and a name.
     *
     * @param state {@code unknown}, {@code copying} or {@code copied}
     * @param chainAccount that the key leads to
     * @param up bytes copied from the ledger before, in decimal
     * @param down bytes copied from the ledger before, in decimal
     * @param creditMib granted there
     * @param nameHolder the account that has the name; null when it is free
     */
    @Schema(name = "Origin")
    record OriginAnswer(
            String state,
            String chainAccount,
            @Schema(format = "decimal") String up,
            @Schema(format = "decimal") String down,
            long creditMib,
            @Nullable String nameHolder) {}

    /**
     * Only what our ledger holds itself counts: until it is copied, the history could still change behind our back. Of a ledger
     * that does not follow the tracker named by {@code PBTS_PREDECESSOR} nothing can be learnt: to it, its debtors are strangers.
     */
    @Allow(value = Who.SERVICE, services = "reputation")
    @GetMapping("/internal/v1/origins/{key}")
    OriginAnswer origin(@PathVariable("key") String key, @RequestParam("name") String name) {
        Bytes publicKey = publicKey(key);
        EthereumAddress settlement = identities
                .current()
                .settlement()
                .orElseThrow(() -> new FactUnavailable("the settlement contract", null));
        if (!watch.latest().isConnected()) {
            throw new FactUnavailable(OWNER, null);
        }
        try {
            LedgerContract ledger = contracts.ledger(settlement);
            EthereumAddress referrer = ledger.referrer();
            if (!properties.names(referrer) && !successions.wasOurs(referrer)) {
                throw new FactUnavailable("a ledger that follows PBTS_PREDECESSOR", null);
            }
            ChainAccount id = ledger.accountOfKey(publicKey);
            LedgerAccount account = ledger.account(id, At.LATEST);
            if (account.source() == Source.REFERRER) {
                rows.want(id);
            }
            return answer(id, account, ledger.accountOfName(name));
        } catch (NodeRefusal refused) {
            throw new FactUnavailable(OWNER, refused);
        }
    }

    private static OriginAnswer answer(ChainAccount id, LedgerAccount account, Optional<ChainAccount> nameHolder) {
        return new OriginAnswer(
                stateOf(account).name().toLowerCase(Locale.ROOT),
                id.hex(),
                account.importedUp().toString(),
                account.importedDown().toString(),
                account.creditMib(),
                nameHolder.map(ChainAccount::hex).orElse(null));
    }

    private static State stateOf(LedgerAccount account) {
        return switch (account.source()) {
            case NONE -> State.UNKNOWN;
            case LOCAL -> account.isImported() ? State.COPIED : State.UNKNOWN;
            case REFERRER -> State.COPYING;
        };
    }

    private static Bytes publicKey(String text) {
        for (AccountKey.Kind kind : AccountKey.Kind.values()) {
            if (text.length() == 2 * kind.size()) {
                try {
                    return Hex.decode(text, kind.size());
                } catch (IllegalArgumentException notHex) {
                    throw invalid(notHex);
                }
            }
        }
        throw invalid(null);
    }

    private static Refusal invalid(@Nullable Throwable cause) {
        return new Refusal(400, "invalid-key", "A key is 40 or 96 hexadecimal digits", cause);
    }
}
