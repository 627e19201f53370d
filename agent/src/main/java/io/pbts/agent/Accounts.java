package io.pbts.agent;

import io.pbts.agent.tracker.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** The account file of a folder. */
final class Accounts {

    private Accounts() {}

    static Optional<Account> find(Folders folders) throws IOException {
        try {
            return Optional.of(Account.parse(Files.readString(folders.account())));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            throw Trouble.noIdentity(folders.account() + ": " + e.getMessage());
        }
    }

    static Account require(Folders folders) throws IOException {
        return find(folders)
                .orElseThrow(() -> Trouble.noIdentity(
                        "no account here yet: pbts agent register --tracker URL --user-id NAME opens one"));
    }
}
