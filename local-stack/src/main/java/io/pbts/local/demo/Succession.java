package io.pbts.local.demo;

import io.pbts.local.demo.ChainReader.Totals;
import io.pbts.local.demo.DemoTracker.Contracts;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tracker is destroyed with its database, and another goes on from what the contract has. */
final class Succession implements Act {
    private static final Duration SOON = Duration.ofSeconds(90);

    @Override
    public int number() {
        return 5;
    }

    @Override
    public String title() {
        return "The tracker dies, reputation does not";
    }

    @Override
    public void play(Stage stage, Cast cast) {
        List<Agent> agents = List.of(cast.alpha, cast.beta, cast.gamma);
        Map<Agent, Standing> before = new LinkedHashMap<>();
        for (Agent agent : agents) {
            Standing standing = cast.standing(agent);
            Totals expected = onChain(standing);
            stage.proveSoon(
                    "the contract has " + agent.name() + "'s totals as the tracker has them",
                    SOON,
                    () -> cast.onChain(agent),
                    expected::equals);
            before.put(agent, standing);
        }
        DemoTracker dead = cast.tracker();
        Contracts left = dead.contracts();
        agents.forEach(Agent::stop);
        dead.destroy();
        stage.prove("the tracker is destroyed with its database", !dead.hasDatabase());
        stage.say("starting a successor that knows of it only the contract " + left.settlement());
        cast.enter(dead.successor(cast.folder().resolve("second-tracker"), left));
        stage.prove(
                "the successor has a contract of its own",
                !cast.chain().contract().checksummed().equals(left.settlement()));
        before.forEach((agent, standing) -> again(stage, cast, agent, standing));
        Seeding.seed(stage, cast, cast.video().file());
        AccessControl.requireRefusal(stage, cast, AccessControl.sentence(cast.standing(cast.gamma)));
    }

    /** With the same wallet, which is all that an agent brings along. */
    private static void again(Stage stage, Cast cast, Agent agent, Standing before) {
        agent.register(cast.tracker());
        stage.proveSoon(
                "%s has at the successor what it had: %s".formatted(agent.name(), before),
                SOON,
                () -> cast.standing(agent),
                before::equals);
        stage.prove(
                "the successor's contract has the same of " + agent.name(),
                cast.onChain(agent).equals(onChain(before)),
                cast.onChain(agent).toString());
    }

    private static Totals onChain(Standing standing) {
        return new Totals(standing.credit() + standing.uploaded(), standing.downloaded());
    }
}
