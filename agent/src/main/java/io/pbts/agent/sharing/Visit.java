package io.pbts.agent.sharing;

import io.pbts.agent.cli.PasswordOptions;
import io.pbts.agent.cli.World;
import io.pbts.agent.member.Accounts;
import io.pbts.agent.member.Member;
import io.pbts.agent.member.Members;
import io.pbts.agent.tracker.Account;
import io.pbts.agent.tracker.TrackerApi;
import java.io.IOException;

/** What every command that takes part in swarms begins with, and how it learns that it is to end. */
record Visit(Member member, Stop stop, Standing before) implements AutoCloseable {

    static Visit open(World world, PasswordOptions passwords) throws IOException, InterruptedException {
        Account account = Accounts.require(world.folders());
        TrackerApi api = new TrackerApi(account.tracker());
        try {
            Member member = Members.open(world.folders(), passwords.read(world), api, account);
            return new Visit(member, new Stop(), Standing.now(api, account));
        } catch (IOException | InterruptedException | RuntimeException e) {
            api.close();
            throw e;
        }
    }

    Account account() {
        return member.account();
    }

    TrackerApi api() {
        return member.api();
    }

    Standing now() throws InterruptedException {
        return Standing.now(api(), account());
    }

    @Override
    public void close() {
        stop.close();
        api().close();
    }
}
