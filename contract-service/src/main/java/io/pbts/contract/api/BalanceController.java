package io.pbts.contract.api;

import io.pbts.contract.chain.At;
import io.pbts.contract.chain.Block;
import io.pbts.contract.chain.ChainNode;
import io.pbts.contract.chain.NodeRefusal;
import io.pbts.contract.chain.watch.ChainWatch;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.support.FactUnavailable;
import io.pbts.support.Refusal;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What a wallet has: whether it is funded decides over a grant (INITIAL_CREDIT_POLICY {@code funded-wallet}). */
@RestController
@Tag(name = "internal")
class BalanceController {
    private static final String OWNER = "the chain";

    private final ChainNode node;
    private final ChainWatch watch;

    BalanceController(ChainNode node, ChainWatch watch) {
        this.node = node;
        this.watch = watch;
    }

    /**
     * A balance.
     *
     * @param block at whose end it was that
     */
    record BalanceAnswer(@Schema(format = "decimal") String wei, long block) {}

    /** A chain that is away, or is not ours, has no balances: it must neither grant nor refuse. */
    @Allow(value = Who.SERVICE, services = "reputation")
    @GetMapping("/internal/v1/balances/{address}")
    BalanceAnswer balance(@PathVariable("address") String address) {
        EthereumAddress wallet = wallet(address);
        if (!watch.latest().isConnected()) {
            throw new FactUnavailable(OWNER, null);
        }
        try {
            Block latest = node.block(At.LATEST).orElseThrow(() -> new FactUnavailable(OWNER, null));
            return new BalanceAnswer(node.balance(wallet, latest).toString(), latest.number());
        } catch (NodeRefusal refused) {
            throw new FactUnavailable(OWNER, refused);
        }
    }

    private static EthereumAddress wallet(String text) {
        try {
            return EthereumAddress.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw new Refusal(400, "invalid-address", String.valueOf(malformed.getMessage()), malformed);
        }
    }
}
