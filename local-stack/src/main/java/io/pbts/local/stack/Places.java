package io.pbts.local.stack;

import io.pbts.local.chain.Anvil;
import io.pbts.local.directory.StackDescription;
import java.util.List;
import java.util.Objects;

/** Where everything is, for a person who starts it or asks later. */
final class Places {
    private static final String NEXT = "\n" + " ".repeat(14);

    private Places() {}

    /** A line or more for each URL. */
    static List<String> of(StackDescription stack) {
        String settlement = Objects.requireNonNullElse(stack.settlementAddress(), "not deployed yet");
        return List.of(
                "  gateway     " + stack.gatewayUrl(),
                "  docs        " + stack.docsUrl(),
                "  announce    " + String.join(NEXT, stack.announceUrls()),
                "  chain       %s, chain id %d, settlement contract %s"
                        .formatted(stack.rpcUrl(), Anvil.CHAIN_ID, settlement),
                "  admin       %s, key in %s".formatted(stack.adminUrl(), stack.adminKeyFile()));
    }
}
