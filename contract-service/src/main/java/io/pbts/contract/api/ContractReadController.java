package io.pbts.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.pbts.contract.chain.ChainProperties;
import io.pbts.contract.chain.NodeRefusal;
import io.pbts.contract.chain.SettlerKey;
import io.pbts.contract.chain.contracts.Contracts;
import io.pbts.contract.chain.contracts.NamedUser;
import io.pbts.contract.chain.watch.ChainIdentities;
import io.pbts.contract.chain.watch.ChainIdentity;
import io.pbts.contract.chain.watch.ChainState;
import io.pbts.contract.chain.watch.ChainWatch;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.support.FactUnavailable;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The reading half of the original's {@code /contract/*}: open in every profile. */
@RestController
@Allow(Who.ANYONE)
@Tag(name = "contract")
class ContractReadController {
    record StatusAnswer(
            boolean configured,
            boolean connected,
            @Nullable String rpcUrl,
            String accountAddress,
            @Nullable String factoryAddress,
            @Nullable String reputationAddress,
            @Nullable String settlementAddress) {}

    record UserAnswer(boolean success, User user, String contractAddress) {}

    /** Named as the original's JSON has it, half in camel case. */
    record User(
            String username,
            String salt,
            @JsonProperty("passwordHash") String passwordHash,
            @JsonProperty("downloadSize") BigInteger downloadSize,
            @JsonProperty("uploadSize") BigInteger uploadSize,
            @Nullable BigDecimal ratio) {

        static User of(NamedUser user) {
            return new User(
                    user.username(),
                    user.salt(),
                    user.passwordHash().toHexString(),
                    user.downloadSize(),
                    user.uploadSize(),
                    ratio(user.uploadSize(), user.downloadSize()));
        }

        /** JSON has no infinity: 1 when nothing moved, null when only uploads did. */
        private static @Nullable BigDecimal ratio(BigInteger up, BigInteger down) {
            if (down.signum() == 0) {
                return up.signum() == 0 ? new BigDecimal("1.0") : null;
            }
            BigDecimal exact = new BigDecimal(up).divide(new BigDecimal(down), MathContext.DECIMAL64);
            BigDecimal shortest = exact.stripTrailingZeros();
            return shortest.scale() < 1 ? shortest.setScale(1) : shortest;
        }
    }

    private final ChainIdentities identities;
    private final ChainWatch watch;
    private final Contracts contracts;
    private final SettlerKey settler;
    private final Optional<String> shownRpcUrl;

    ContractReadController(
            ChainIdentities identities,
            ChainWatch watch,
            Contracts contracts,
            SettlerKey settler,
            ChainProperties properties,
            Environment environment) {
        this.identities = identities;
        this.watch = watch;
        this.contracts = contracts;
        this.settler = settler;
        // The URL of a node often carries the key to it.
        this.shownRpcUrl = environment.acceptsProfiles(Profiles.of("local"))
                ? Optional.of(properties.rpcUrl().getFirst())
                : Optional.empty();
    }

    @GetMapping("/contract/status")
    StatusAnswer status() {
        ChainIdentity identity = identities.current();
        return new StatusAnswer(
                identity.factory().isPresent() || identity.settlement().isPresent(),
                watch.latest().isConnected(),
                shownRpcUrl.orElse(null),
                settler.address().checksummed(),
                text(identity.factory()),
                text(identity.legacy()),
                text(identity.settlement()));
    }

    @GetMapping("/contract/user/{username}")
    UserAnswer user(@PathVariable("username") String username) {
        EthereumAddress ledger = identities.current().legacy().orElseThrow(NotInitialized::forReading);
        if (watch.latest() instanceof ChainState.Foreign) {
            throw new FactUnavailable("the chain", null);
        }
        try {
            NamedUser user = contracts.ledger(ledger).user(username);
            return new UserAnswer(true, User.of(user), ledger.checksummed());
        } catch (NodeRefusal missing) {
            // An empty chain answers in the place of the one that holds the contract.
            throw new FactUnavailable("the contract", missing);
        }
    }

    private static @Nullable String text(Optional<EthereumAddress> address) {
        return address.map(EthereumAddress::checksummed).orElse(null);
    }
}
