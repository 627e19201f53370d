package io.pbts.local.postgres;

import com.sun.security.auth.module.UnixSystem;
import io.pbts.local.console.Trouble;
import io.pbts.local.process.Isolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * As whom the database runs. Postgres refuses root, so root starts it in a user namespace of its own, where nobody is root
 * ({@code unshare -U}, as zonky's library does: its files still belong to root outside); where a container forbids that, as
 * the user {@code nobody}, who then owns the database's files.
 *
 * @param prefix the program that changes the user
 * @param owner who must own the files when it is not the current user
 */
record DatabaseUser(List<String> prefix, OptionalInt owner) {
    private static final int NOBODY = 65534;

    DatabaseUser {
        prefix = List.copyOf(prefix);
    }

    static DatabaseUser choose(PostgresBinaries binaries, Path files) {
        if (new UnixSystem().getUid() != 0) {
            return new DatabaseUser(List.of(), OptionalInt.empty());
        }
        List<String> namespace = List.of("unshare", "-U");
        if (!ownedByAnother(files) && runs(namespace, binaries)) {
            return new DatabaseUser(namespace, OptionalInt.empty());
        }
        List<String> nobody = List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
        if (runs(nobody, binaries)) {
            return new DatabaseUser(nobody, OptionalInt.of(NOBODY));
        }
        throw new Trouble(("Postgres does not run as root, and user nobody cannot run %s: run pbts as an ordinary user,"
                        + " or from a folder that every user can read")
                .formatted(binaries.program("postgres")));
    }

    /** Makes sure that the database may use this folder. */
    void own(Path folder) throws IOException {
        if (owner.isPresent()) {
            Files.setAttribute(folder, "unix:uid", owner.getAsInt());
        }
    }

    private static boolean ownedByAnother(Path files) {
        try {
            return Files.exists(files) && !Integer.valueOf(0).equals(Files.getAttribute(files, "unix:uid"));
        } catch (IOException e) {
            throw new Trouble("cannot read " + files + ": " + e.getMessage(), e);
        }
    }

    private static boolean runs(List<String> prefix, PostgresBinaries binaries) {
        List<String> command = new ArrayList<>(prefix);
        command.add(binaries.program("postgres").toString());
        command.add("--version");
        return Isolation.works(command);
    }
}
