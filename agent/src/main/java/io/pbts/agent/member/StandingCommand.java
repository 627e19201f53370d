package io.pbts.agent.member;

import io.pbts.agent.cli.Asked;
import io.pbts.agent.cli.ExitCode;
import io.pbts.agent.cli.Output;
import io.pbts.agent.cli.World;
import io.pbts.agent.tracker.Account;
import io.pbts.agent.tracker.TrackerApi;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** Asks the tracker how the account stands. */
@Command(
        name = "standing",
        description =
                "Prints bytes sent and received, the ratio, and whether downloads are allowed; signed in, also the initial credit.")
public final class StandingCommand implements Callable<Integer> {

    private final World world;

    @Mixin
    private Output output = new Output();

    public StandingCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Account account = Accounts.require(world.folders());
        JsonNode user;
        Map<String, Object> fields = new LinkedHashMap<>();
        String grant = "";
        try (TrackerApi api = new TrackerApi(account.tracker())) {
            user = Asked.of(() -> api.standing(account.userId()));
            Optional<String> token = new Session(world.folders(), Clock.systemUTC()).token(api);
            if (token.isPresent()) {
                String state =
                        Asked.of(() -> api.account(token.get())).path("grant").asString("none");
                fields.put("grant", state);
                grant = "; initial credit: " + Grant.sentence(state, 0);
            }
        }
        user.propertyStream().forEach(entry -> fields.put(entry.getKey(), entry.getValue()));
        JsonNode ratio = user.path("ratio");
        boolean allowed = user.path("allowed").asBoolean(false);
        output.result(
                world.out(),
                "standing",
                fields,
                "%s: up %d, down %d, credit %d bytes, ratio %s, %s%s"
                        .formatted(
                                account.userId(),
                                user.path("total_uploaded").asLong(0),
                                user.path("total_downloaded").asLong(0),
                                user.path("credit_bytes").asLong(0),
                                ratio.isNumber() ? ratio.asString() : "none",
                                allowed
                                        ? "may download"
                                        : "must seed " + user.path("bytes_owed").asLong(0) + " more bytes",
                                grant));
        return ExitCode.OK;
    }
}
