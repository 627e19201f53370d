package io.pbts.local.stack;

import io.pbts.local.directory.DataDirectory;
import io.pbts.local.service.Profile;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the caller of {@code up} chose.
 *
 * @param root the checkout: where the services' jars and the contracts' tools are
 * @param cache for what can be made again: extracted jars, start-up caches, database programs
 */
public record StackOptions(
        Path root,
        DataDirectory directory,
        Path cache,
        Profile profile,
        int port,
        int announcePort,
        Map<String, String> environment) {
    /** How an announce URL looks below a base: open in {@code local}, private elsewhere. */
    String announceForm() {
        return profile == Profile.LOCAL ? "%s/announce" : "%s/<passkey>/announce";
    }
}
