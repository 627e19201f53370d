package io.pbts.local.demo;

import io.pbts.local.console.Trouble;
import io.pbts.protocol.account.EthereumAddress;
import java.nio.file.Path;
import java.util.Optional;

/** Who and what is on the stage. Acts put on it what later acts need. */
final class Cast {
    private final Path folder;
    private final Checkout checkout;
    private Optional<DemoTracker> tracker = Optional.empty();
    private Optional<Shared> video = Optional.empty();

    final Agent alpha;
    final Agent beta;
    final Agent gamma;

    /** A file that an agent shares. */
    record Shared(Path file, String infoHash) {}

    Cast(Path folder, Checkout checkout) {
        this.folder = folder;
        this.checkout = checkout;
        this.alpha = new Agent("Alpha", folder.resolve("alpha"), checkout);
        this.beta = new Agent("Beta", folder.resolve("beta"), checkout);
        this.gamma = new Agent("Gamma", folder.resolve("gamma"), checkout);
    }

    Path folder() {
        return folder;
    }

    Checkout checkout() {
        return checkout;
    }

    void enter(DemoTracker started) {
        tracker = Optional.of(started);
    }

    DemoTracker tracker() {
        return tracker.orElseThrow(() -> new Trouble("no tracker runs yet"));
    }

    void share(Shared shared) {
        video = Optional.of(shared);
    }

    Shared video() {
        return video.orElseThrow(() -> new Trouble("nothing is shared yet"));
    }

    ChainReader chain() {
        return tracker().chain();
    }

    Standing standing(Agent agent) {
        return tracker().standing(agent.address());
    }

    ChainReader.Totals onChain(Agent agent) {
        return chain().totals(EthereumAddress.parse(agent.address()));
    }

    /** Whatever still runs, ends. */
    void leave() {
        alpha.stop();
        beta.stop();
        gamma.stop();
        tracker.ifPresent(DemoTracker::stop);
    }
}
