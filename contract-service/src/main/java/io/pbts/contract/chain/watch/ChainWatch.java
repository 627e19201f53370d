package io.pbts.contract.chain.watch;

import io.pbts.contract.chain.Block;
import io.pbts.contract.chain.ChainProperties;
import io.pbts.contract.chain.Endpoint;
import io.pbts.contract.chain.Endpoint.Health;
import io.pbts.contract.chain.Endpoints;
import io.pbts.contract.chain.watch.ChainIdentity.Checkpoint;
import io.pbts.contract.chain.watch.Examination.Finding;
import io.pbts.contract.chain.watch.Examination.Finding.Bad;
import io.pbts.contract.chain.watch.Examination.Finding.Good;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Looks at our nodes, says whether one is there that shows our chain, and has that one asked. The one in use is looked at
 * every time, since a node behind the same URL can be exchanged while we run; all of them are from time to time, and
 * whenever the one in use is not good.
 */
@Component
public class ChainWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ChainWatch.class);

    private final Endpoints endpoints;
    private final ChainIdentities identities;
    private final ChainProperties properties;
    private final Examination examination;
    private final Clock clock;
    private volatile ChainState latest = new ChainState.Unreachable("not asked yet");
    private Instant compareAt = Instant.EPOCH;
    private Optional<Checkpoint> agreed = Optional.empty();

    ChainWatch(Endpoints endpoints, ChainIdentities identities, ChainProperties properties, Clock clock) {
        this.endpoints = endpoints;
        this.identities = identities;
        this.properties = properties;
        this.clock = clock;
        this.examination = new Examination(properties.chainId(), properties.isDevChain() && isAlone());
    }

    /** What the last look found. */
    public ChainState latest() {
        return latest;
    }

    /** Looks now. */
    public ChainState look() {
        ChainState found = ask(identities.current());
        if (!found.getClass().equals(latest.getClass())) {
            announce(found);
        }
        latest = found;
        return found;
    }

    private ChainState ask(ChainIdentity recorded) {
        if (clock.instant().isBefore(compareAt)) {
            Optional<Good> current = endpoints
                    .current()
                    .map(endpoint -> examination.of(endpoint, recorded))
                    .filter(this::isGoodNow)
                    .map(Good.class::cast);
            if (current.isPresent()) {
                return ready(current.get());
            }
        }
        return choose(recorded);
    }

    private ChainState choose(ChainIdentity recorded) {
        Comparison comparison = Comparison.of(endpoints.all().stream()
                .map(endpoint -> examination.of(endpoint, recorded))
                .toList());
        comparison.findings().forEach(this::isGoodNow);
        Optional<Good> chosen =
                inUse(comparison.good()).or(() -> comparison.good().stream().findFirst());
        if (chosen.isEmpty()) {
            return none(comparison.findings());
        }
        compareAt = clock.instant().plus(properties.compareEvery());
        remember(chosen.get(), comparison.agreed(), recorded);
        use(chosen.get().endpoint());
        return ready(chosen.get());
    }

    private Optional<Good> inUse(List<Good> good) {
        return good.stream()
                .filter(one ->
                        endpoints.current().filter(one.endpoint()::equals).isPresent())
                .findFirst();
    }

    private void remember(Good chosen, Optional<Checkpoint> found, ChainIdentity recorded) {
        if (recorded.genesisHash().isEmpty()) {
            identities.adoptGenesis(chosen.genesis());
        }
        agreed = found;
        if (!properties.isDevChain()) {
            found.ifPresent(identities::agree);
        }
    }

    private void use(Endpoint endpoint) {
        Optional<Endpoint> before = endpoints.current();
        endpoints.use(endpoint);
        if (!isAlone() && before.filter(endpoint::equals).isEmpty()) {
            LOG.warn("event=chain_node_chosen node={} host={}", endpoint.place(), endpoint.host());
        }
    }

    /** One that only does not answer stays the one that is asked; one that answers wrongly is asked no more. */
    private ChainState none(List<Finding> findings) {
        List<Bad> bad = findings.stream().map(Bad.class::cast).toList();
        Optional<Bad> foreign =
                bad.stream().filter(one -> one.health() != Health.UNREACHABLE).findFirst();
        boolean currentIsWrong = bad.stream()
                .anyMatch(one -> one.health() != Health.UNREACHABLE
                        && endpoints.current().filter(one.endpoint()::equals).isPresent());
        if (currentIsWrong) {
            endpoints.useNone();
        }
        return foreign.<ChainState>map(one -> new ChainState.Foreign(sentence(one)))
                .orElseGet(() -> new ChainState.Unreachable(sentence(bad.getFirst())));
    }

    private ChainState ready(Good chosen) {
        // Alone, a node is believed at once; with others only what they were found to share.
        Optional<Block> finalized = isAlone()
                ? chosen.finalized()
                : agreed.map(block -> new Block(block.number(), block.hash(), BigInteger.ZERO));
        return new ChainState.Ready(chosen.head(), finalized, chosen.begunAnew());
    }

    private boolean isAlone() {
        return endpoints.all().size() == 1;
    }

    /** Keeps what was found with the node, and tells the log what is new. */
    private boolean isGoodNow(Finding finding) {
        switch (finding) {
            case Good good -> {
                if (good.endpoint().found(Health.GOOD, "") && !isAlone()) {
                    LOG.info(
                            "event=chain_node_good node={} host={}",
                            good.endpoint().place(),
                            good.endpoint().host());
                }
                return true;
            }
            case Bad bad -> {
                if (bad.endpoint().found(bad.health(), bad.sentence()) && !isAlone()) {
                    LOG.error(
                            "event=chain_node_not_used node={} host={} health={} cause=\"{}\"",
                            bad.endpoint().place(),
                            bad.endpoint().host(),
                            bad.health(),
                            bad.sentence());
                }
                return false;
            }
        }
    }

    private static String sentence(Bad bad) {
        return "node %d: %s".formatted(bad.endpoint().place(), bad.sentence());
    }

    private static void announce(ChainState state) {
        switch (state) {
            case ChainState.Ready ready ->
                LOG.info("event=chain_reached head={}", ready.head().number());
            case ChainState.Unreachable(var cause) -> LOG.warn("event=chain_unreachable cause=\"{}\"", cause);
            case ChainState.Foreign(var difference) -> LOG.error("event=wrong_chain difference=\"{}\"", difference);
        }
    }
}
