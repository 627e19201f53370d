package io.pbts.local.stack;

import io.pbts.local.console.Trouble;
import io.pbts.local.directory.DataDirectory;
import io.pbts.local.directory.StackDescription;
import io.pbts.local.directory.StackFile;
import io.pbts.local.postgres.PostgresServer;
import io.pbts.local.process.Leftovers;
import io.pbts.local.process.ProcessId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is known from outside about the suite of a data directory. */
final class Running {
    static final String SUPERVISOR = "supervisor";
    private static final Duration GRACE = Duration.ofSeconds(10);

    private Running() {}

    /** The supervisor, if it lives. */
    static Optional<ProcessId> supervisor(DataDirectory directory) {
        return directory.records().read(SUPERVISOR).filter(ProcessId::alive);
    }

    static Trouble alreadyUp(DataDirectory directory) {
        String pid = supervisor(directory).map(id -> "pid " + id.pid()).orElse("pid unknown");
        String url = new StackFile(directory)
                .read()
                .map(StackDescription::gatewayUrl)
                .orElse("starting");
        return new Trouble("PBTS is already up (%s, %s); ./pbts down stops it".formatted(pid, url));
    }

    /** Ends what a killed supervisor left. The caller holds the lock. */
    static List<String> sweep(DataDirectory directory) {
        List<String> names = new Leftovers(directory.records(), PostgresServer.NAME, GRACE).sweep();
        new StackFile(directory).delete();
        return names;
    }
}
