package io.pbts.agent.member;

import io.pbts.agent.cli.Folders;
import io.pbts.agent.cli.Trouble;
import io.pbts.agent.tracker.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** The account file of a folder. */
public final class Accounts {

    private Accounts() {}

    public static Optional<Account> find(Folders folders) throws IOException {
        try {
            return Optional.of(Account.parse(Files.readString(folders.account())));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            throw Trouble.noIdentity(folders.account() + ": " + e.getMessage());
        }
    }

    public static Account require(Folders folders) throws IOException {
        return find(folders)
                .orElseThrow(() -> Trouble.noIdentity(
                        "no account here yet: pbts agent register --tracker URL --user-id NAME opens one"));
    }
}
