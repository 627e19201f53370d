package io.pbts.agent.receipts;

import io.pbts.agent.cli.Asked;
import io.pbts.agent.cli.ExitCode;
import io.pbts.agent.cli.Output;
import io.pbts.agent.cli.World;
import io.pbts.agent.member.Accounts;
import io.pbts.agent.queue.Queues;
import io.pbts.agent.sharing.HandIn;
import io.pbts.agent.sharing.StateLock;
import io.pbts.agent.tracker.Account;
import io.pbts.agent.tracker.TrackerApi;
import io.pbts.agent.tracker.TrackerApi.Instance;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Hands in now what waits. */
@Command(
        name = "submit",
        description =
                "Hands in what waits. An agent that seeds, downloads or runs does so by itself every five seconds.")
public final class SubmitCommand implements Callable<Integer> {

    private final World world;

    @Mixin
    private Output output = new Output();

    @Option(names = "--refused", description = "What the tracker refused before, too.")
    private boolean refused;

    public SubmitCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Account account = Accounts.require(world.folders());
        Map<String, Integer> all = new TreeMap<>();
        try (StateLock _ = StateLock.take(world.folders().state());
                TrackerApi api = new TrackerApi(account.tracker())) {
            Instance instance = Asked.of(api::instance);
            try (Queues queues = HandIn.queues(world.folders(), instance)) {
                if (refused) {
                    queues.tryAgain();
                }
                HandIn handIn = new HandIn(queues, api, account, new Told(all));
                Asked.of(() -> {
                    handIn.all();
                    return all;
                });
            }
        }
        output.result(
                world.out(),
                "receipts-reported",
                Map.of("codes", all),
                all.isEmpty() ? "nothing waited" : "handed in: " + all);
        return ExitCode.OK;
    }

    private final class Told implements HandIn.Listener {

        private final Map<String, Integer> all;

        Told(Map<String, Integer> all) {
            this.all = all;
        }

        @Override
        public void reported(Map<String, Integer> codes) {
            codes.forEach((code, count) -> all.merge(code, count, Integer::sum));
        }

        @Override
        public void putAside(String reason) {
            output.tell(world.out(), "receipts-put-aside", Map.of("reason", reason), reason);
        }
    }
}
