package io.pbts.reputation.account.origin;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.account.UserId;
import io.pbts.reputation.account.origin.ContractClient.Origin;
import io.pbts.reputation.account.origin.ContractClient.State;
import io.pbts.reputation.standing.Inheritance;
import io.pbts.support.FactUnavailable;
import io.pbts.support.Refusal;
import io.pbts.support.ServiceCalls;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;

/**
 * Tells newcomers from members of the tracker before this one. A tracker without a predecessor asks nobody and opens accounts
 * while the chain is away; one with a predecessor does not, or a debt could be left behind by registering at the right moment.
 */
@Component
public class Origins {
    private static final Duration COPY = Duration.ofSeconds(5);
    private static final long MIB = 1L << 20;

    private final PredecessorProperties predecessor;
    private final ContractClient contract;

    Origins(
            PredecessorProperties predecessor,
            ServiceCalls calls,
            @Value("${pbts.neighbours.contract-url}") URI contractUrl) {
        this.predecessor = predecessor;
        this.contract = calls.client(ContractClient.class, "contract-service", contractUrl);
    }

    /**
     * A member of the tracker before this one.
     *
     * @param chainAccount keccak256 of its first key, which need not be the one that it comes with
     */
    public record Member(ChainAccount chainAccount, Inheritance inheritance) {}

    /**
     * Empty for a newcomer.
     *
     * @throws Refusal 409 when the name is another member's; 503 while the history is being copied
     * @throws FactUnavailable when the chain cannot be asked
     */
    public Optional<Member> of(UserId user, AccountKey key) {
        if (!predecessor.isNamed()) {
            return Optional.empty();
        }
        Origin origin = ask(user, key);
        if (!origin.leavesTheName()) {
            throw new Refusal(
                    409,
                    "name-taken",
                    "On the tracker before this one the name belonged to another key; register with that key or choose another name");
        }
        if (origin.is(State.COPYING)) {
            throw new Refusal(
                    503,
                    "copying-history",
                    "Your history is being copied from the tracker before this one; nothing was registered, try again in 5 s",
                    COPY,
                    null);
        }
        return origin.is(State.COPIED) ? Optional.of(member(origin)) : Optional.empty();
    }

    private Origin ask(UserId user, AccountKey key) {
        try {
            return contract.origin(key.bytes().toUnprefixedHexString(), user.value());
        } catch (RestClientException unusable) {
            throw new FactUnavailable("contract-service", unusable);
        }
    }

    private static Member member(Origin origin) {
        try {
            var inheritance = new Inheritance(
                    Long.parseLong(origin.up()),
                    Long.parseLong(origin.down()),
                    Math.multiplyExact(origin.creditMib(), MIB));
            return new Member(ChainAccount.fromHex(origin.chainAccount()), inheritance);
        } catch (IllegalArgumentException | ArithmeticException unusable) {
            throw new FactUnavailable("contract-service", unusable);
        }
    }
}
