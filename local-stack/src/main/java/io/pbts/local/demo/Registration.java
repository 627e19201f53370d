package io.pbts.local.demo;

import io.pbts.protocol.account.EthereumAddress;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;

/** Two agents with funded wallets join, and the contract says so. */
final class Registration implements Act {
    static final long CREDIT = 1L << 30;
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final BigInteger ETHER = BigInteger.TEN.pow(18);

    @Override
    public int number() {
        return 1;
    }

    @Override
    public String title() {
        return "Setup and registration";
    }

    @Override
    public void play(Stage stage, Cast cast) {
        stage.say("starting a tracker for this play: profile production, initial credit for funded wallets");
        cast.enter(DemoTracker.first(cast.checkout(), cast.folder().resolve("first-tracker")));
        ChainReader chain = cast.chain();
        stage.say("tracker %s, settlement contract %s"
                .formatted(cast.tracker().url(), chain.contract().checksummed()));
        for (Agent agent : List.of(cast.alpha, cast.beta)) {
            join(stage, cast, chain, agent);
        }
    }

    private static void join(Stage stage, Cast cast, ChainReader chain, Agent agent) {
        agent.makeWallet();
        EthereumAddress wallet = EthereumAddress.parse(agent.address());
        String funding = chain.fund(wallet, ETHER);
        stage.await(agent.name() + "'s wallet is funded", SOON, () -> chain.balance(wallet), wei -> wei.signum() > 0);
        stage.say("%s: wallet %s, 1 ether by transaction %s".formatted(agent.name(), agent.address(), funding));
        String grant = agent.register(cast.tracker()).path("grant").asString("");
        stage.prove(
                agent.name() + "'s wallet is good for an initial credit",
                grant.equals("granted") || grant.equals("pending"),
                "the tracker says " + grant);
        Standing standing = stage.await(
                agent.name() + " is granted 1 GiB", SOON, () -> cast.standing(agent), seen -> seen.credit() == CREDIT);
        stage.say("%s is registered: %s".formatted(agent.name(), standing));
        stage.proveSoon(
                "the contract has %s with 1 GiB of credit and no download".formatted(agent.name()),
                SOON,
                () -> chain.totals(wallet),
                new ChainReader.Totals(CREDIT, 0)::equals);
        stage.say("written by transaction " + chain.enrolment(wallet).orElseThrow());
    }
}
